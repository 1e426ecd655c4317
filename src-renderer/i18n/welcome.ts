import { formatBytes, formatCount, formatList } from './format.ts';

/** Words of the first screen. */
export const welcomeText = {
  title: ['Three public archives,', 'and a library of your own.'],
  intro:
    'Look through NASA’s images, the planetary data of the PDS and the sky photographs of AstroBin. Keep what you need, with its credit, on this computer.',
  question: 'Where to search',
  live: 'The live archives',
  liveText: (hosts: readonly string[]) =>
    `Searches go straight from this computer to the archives, at ${formatList(hosts)}. No account, no telemetry, no server of ours.`,
  sample: 'The sample archive',
  sampleText: (count: number) =>
    `${formatCount(count)} records that came with the app, made for trying it out. Everything works, without a network. You can switch at any time.`,
  keyTitle: 'AstroBin needs a key of your own',
  keyText: 'Free, from your AstroBin account. Without it you can still open what you have kept.',
  keyAct: 'Add a key…',
  keyAdded: 'A key is stored',
  keyLater: 'or later in Settings',
  downloads: 'Downloads go to',
  change: 'Change…',
  free: (bytes: number) => `${formatBytes(bytes)} free`,
  open: 'Open Almagest',
  press: 'Press',
  forCommands: 'any time for every command',
  picture: 'A spiral galaxy, drawn for the sample archive',
};
