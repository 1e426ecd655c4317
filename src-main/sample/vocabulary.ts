/**
 * Runs in plain Node, any thread; pure. Every word that the sample archive can say, beside its topics
 * (topics.ts). Records are drawn from these closed lists, so hits can be counted from small tables
 * instead of a million texts. Centres are real; persons are "Observer n", and every full description ends
 * with `disclaimer`: nothing here was observed.
 */
import type { Family } from './topic.ts';

export type MediaType = 'image' | 'video' | 'audio';
export const mediaTypes: readonly MediaType[] = ['image', 'video', 'audio'];

export interface Form {
  /** Title, `{N}` standing for the topic. */
  text: string;
  family: Family | 'video' | 'audio';
  /** Least and greatest angle between sun and eye. */
  phase: readonly [number, number];
  /** Cut in the middle, as long titles in the archive are; the whole is at index - 1. */
  isCut: boolean;
}

const full = [0.12, 0.5] as const;
const gibbous = [0.5, 1.15] as const;
const crescent = [1.6, 2.25] as const;
const usual = [0.25, 1] as const;

function forms(
  family: Form['family'],
  rows: readonly (readonly [string, (readonly [number, number])?])[],
): Form[] {
  return rows.flatMap(([text, phase = usual]) => {
    const whole: Form = { text, family, phase, isCut: false };
    const tail = text.length - text.indexOf('{N}') - 3;
    if (tail < 24) return [whole];
    return [
      whole,
      {
        ...whole,
        text: text.slice(0, text.length - Math.floor(tail * 0.45)).trimEnd(),
        isCut: true,
      },
    ];
  });
}

export const formList: readonly Form[] = [
  ...forms('disc', [
    ['{N}, full disc', full],
    ['{N}'],
    ['{N} in crescent', crescent],
    ['{N} at dawn', gibbous],
    ['Approach to {N}', usual],
    ['{N} in true colour', full],
    ['A quiet day on {N}', usual],
    ['Last light on {N}', crescent],
    ['{N}, looking south across the terminator towards the pole', gibbous],
    ['Departing view of {N}', gibbous],
    ['{N} after conjunction', usual],
    ['{N}, frame taken on the way to another world', gibbous],
  ]),
  ...forms('sky', [
    ['{N}'],
    ['{N}, wide field'],
    ['{N} in hydrogen light'],
    ['A deep look at {N}'],
    ['{N} in three colours'],
    ['New light on {N}'],
    ['{N} after ten nights'],
    ['Portrait: {N}'],
    ['{N} before moonrise'],
    ['{N}, the northern edge of the field in blue light'],
    ['Star companions: {N}'],
    ['{N}, first light of a new camera on an old mountain'],
  ]),
  ...forms('sun', [
    ['{N}'],
    ['{N}, morning plate'],
    ['{N} near maximum'],
    ['{N} on a quiet day'],
    ['{N}, active regions turning towards the limb'],
    ['A year of sunlight: {N}'],
  ]),
  ...forms('ground', [
    ['{N}'],
    ['{N}, low sun'],
    ['{N} from orbit'],
    ['Survey strip: {N}'],
    ['{N} at noon'],
    ['{N} in morning light'],
    ['{N}, second pass with the sun ten degrees lower'],
    ['Context for {N}'],
  ]),
  ...forms('horizon', [
    ['{N}'],
    ['{N}, one long exposure'],
    ['{N} at midnight'],
    ['{N}, seen from the night side'],
    ['Watching: {N}'],
    ['{N} on the last orbit before the crew went home'],
  ]),
  ...forms('video', [
    ['{N}, a short film'],
    ['Flight past {N}'],
    ['One minute with {N}'],
    ['Briefing: {N}'],
    ['{N} explained by the people who were not there'],
  ]),
  ...forms('audio', [['Tones for {N}'], ['{N}, set to sound'], ['Listening post: {N}']]),
];

export const leadList: readonly { family: Family; text: string }[] = [
  { family: 'disc', text: '{N} fills most of the frame, lit from one side.' },
  {
    family: 'disc',
    text: 'This view of {N} shows the terminator, where slopes throw the longest shadows.',
  },
  { family: 'disc', text: 'A planet seen whole: {N} against a dark sky with a few faint stars.' },
  { family: 'disc', text: 'The colours of {N} are close to what an eye would see from a window.' },
  {
    family: 'disc',
    text: 'Brightness on {N} falls off towards the limb, as it does through any deep air.',
  },
  { family: 'sky', text: '{N} in visible light, with north about upwards.' },
  { family: 'sky', text: 'Young stars light the gas of {N} from within.' },
  {
    family: 'sky',
    text: 'Thousands of stars crowd this field round {N}; the brightest show the spikes of the telescope.',
  },
  { family: 'sky', text: 'Dust between us and {N} dims and reddens what lies behind it.' },
  {
    family: 'sky',
    text: 'Three exposures through red, green and blue filters were put together for {N}.',
  },
  { family: 'sun', text: '{N}, with bright active regions and loops of hot gas at the limb.' },
  { family: 'sun', text: 'Colour stands for temperature here: {N} is invisible to the eye.' },
  { family: 'sun', text: 'Granulation covers {N} like the skin of an orange.' },
  { family: 'ground', text: '{N} from above, with the sun low so that every slope shows.' },
  { family: 'ground', text: 'Old ground: at {N} large craters are worn by smaller ones.' },
  { family: 'ground', text: 'Colours at {N} are stretched to tell materials apart.' },
  { family: 'horizon', text: '{N}, photographed with the shutter open for a long time.' },
  { family: 'horizon', text: 'Thin layers of air glow above the ground in this view of {N}.' },
  { family: 'horizon', text: 'The horizon is dark and the sky is not: {N} before midnight.' },
];

export const noteList: readonly string[] = [
  'North is up.',
  'The scale at the middle is about 2 km a pixel.',
  'Light took 4,600 years to cross the distance.',
  'Two frames were joined; the seam was smoothed.',
  'Noise in the shadows is grain, not detail.',
  'The original negative was scanned twice.',
  'A second frame was taken an hour later.',
  'Cosmic ray hits were taken out by hand.',
  'The bright streak is a reflection in the camera.',
  'Blue was made from the mean of the other two channels.',
  'For teachers: compare the shadows at the left with those at the right.',
  'An annotated version exists.',
  'Contrast was raised for printing.',
  'Gaps in the mosaic were filled from a neighbouring orbit.',
  'Exposure was chosen for the faint parts; the brightest are burnt out.',
  'See also the companion release of the same week.',
];

export const disclaimer = 'Drawn from a formula for the sample archive; not an observation.';

/** Codes of real NASA centres. The last entry, the empty one, is for records that name none. */
export const centreList = [
  'JPL',
  'GSFC',
  'MSFC',
  'JSC',
  'KSC',
  'ARC',
  'HQ',
  'AFRC',
  'LARC',
  'GRC',
  'SSC',
  '',
] as const;

export const locationList = [
  '',
  'Sample Ridge',
  'North Station, Sample Range',
  'Pad 12, Sample Coast',
  'Observatory Hill',
  'Cape Sample, FL',
  'Dry Lake Camp',
  'Tracking Station 4',
  'Building 19, Hall C',
] as const;

export const secondaryList = [
  '',
  'Sample Desk 1',
  'Sample Desk 2',
  'Sample Studio',
  'Plate Archive',
  'Drawing Office',
  'Sample Institute',
] as const;

/** Observers 1 to 64; 0 is none. */
export const observerCount = 64;

export const albumList = [
  '',
  'Sample-Highlights',
  'Moon-Lesson',
  'HST',
  'Test',
  'Sample_Launches',
] as const;

export const firstYear = 1962;
export const lastYear = 2025;
