/** Runs anywhere; pure. Endings under which a double click runs something, on any of the three systems. */

const executable = new Set(
  [
    'action apk app appimage application apx bash bat cmd com command cpl crt csh desktop dll docm drv dylib exe fish',
    'gadget hta inf ins inx isu jar jnlp job js jse ksh lnk mjs msc msh msi msix msp mst ocx paf pif pl potm ppam',
    'pptm prg ps1 ps2 psm1 py pyc pyw rb reg rgs run scf scpt scr sct sh shb shs so sys terminal tool url vb vbe vbs',
    'vbscript webloc workflow ws wsc wsf wsh xlam xlsm zsh',
  ].flatMap((line) => line.split(' ')),
);

/** True for an ending (no dot) that no saved file may have. */
export function isExecutableEnding(ending: string): boolean {
  return executable.has(ending.toLowerCase());
}
