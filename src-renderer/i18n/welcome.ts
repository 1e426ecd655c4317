import { formatBytes, formatCount, formatList } from './format.ts';

/** Words of the first screen. */
export const welcomeText = {
  title: ['NASA’s pictures, planetary data,', 'and a library of your own.'],
  intro:
    'Look through NASA’s image and video library and the Planetary Data System. Keep what you need, with its credit, on this computer.',
  question: 'Where to search',
  live: 'The live archives',
  liveText: (hosts: readonly string[]) =>
    `Searches go straight from this computer to the archives, at ${formatList(hosts)}. No account, no telemetry, no server of ours.`,
  sample: 'The sample archive',
  sampleText: (count: number) =>
    `${formatCount(count)} records that came with the app, made for trying it out. Everything works, without a network. You can switch at any time.`,
  downloads: 'Downloads go to',
  change: 'Change…',
  free: (bytes: number) => `${formatBytes(bytes)} free`,
  open: 'Open Almagest',
  press: 'Press',
  forCommands: 'any time for every command',
  picture: 'A spiral galaxy, drawn for the sample archive',
};
