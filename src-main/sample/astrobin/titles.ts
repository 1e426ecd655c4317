/**
 * Runs in plain Node, any thread; pure. Titles as astrophotographers write them. There are finitely many, each with a
 * number: a search looks at them and not at a million images.
 */
import { targets } from './targets.ts';
import type { Target } from './targets.ts';

/** `{N}` is the name, `{D}` the designation (the name where there is none). `look` is an index into the target's looks. */
interface TitleForm {
  text: string;
  look: number;
}

const form = (text: string, look = 0): TitleForm => ({ text, look });

const deepForms: readonly TitleForm[] = [
  form('{D} - {N}'),
  form('{N}'),
  form('{D}'),
  form('{N} ({D})'),
  form('{D} {N} in LRGB'),
  form('{N} in SHO', 1),
  form('{D} in HOO', 2),
  form('{D} (Hubble palette)', 1),
  form('{N} | SHO | 24 hours', 1),
  form('{N} in Foraxx palette', 3),
  form('{D} - 12 h of HaRGB'),
  form('{D} widefield, bicolor', 2),
  form('{N}, first light'),
  form('My first {D}'),
  form('{N} reprocessed', 4),
  form('{D} from Bortle 4'),
  form('{D} from a Bortle 8 backyard'),
  form('{N}: 40 hours from the city', 2),
  form('The {N} under dark skies'),
  form('{D} & friends'),
  form('{D} - two panel mosaic', 3),
  form('{D} mosaic'),
  form('{N} <test of a new filter>', 2),
  form('{D} in hydrogen-alpha', 5),
  form('{N} “starless”', 4),
];

/** Of what does not glow in narrow bands. */
const broadbandForms = deepForms.filter(({ look }) => look === 0);

const skyForms: readonly TitleForm[] = [
  form('{N}'),
  form('{N} from the desert'),
  form('{N}, single exposure'),
  form('{N} - tracked, 40 x 60 s'),
  form('{N}, last night'),
];

const discForms: readonly TitleForm[] = [
  form('{N}'),
  form('{N}, best 15% of 9000 frames'),
  form('{N} in good seeing'),
  form('{N} - first try'),
  form('{N} (reprocessed)'),
  form('{N} at last!'),
];

const formsOf = ({ family, kind }: Target): readonly TitleForm[] => {
  if (family === 'deep') return kind === 'nebula' || kind === 'shell' ? deepForms : broadbandForms;
  return family === 'wide' || family === 'comet' || family === 'night' ? skyForms : discForms;
};

/** Title numbers of a target begin at a multiple of this. */
const step = deepForms.length;

export const titleCount = targets.length * step;

/** The title's number for a target and a share from 0 up to 1. */
export function titleNumber(target: number, draw: number): number {
  const forms = targets[target] === undefined ? deepForms : formsOf(targets[target]);
  return target * step + Math.floor(draw * forms.length);
}

function write(target: Target, { text }: TitleForm): string {
  const designation = target.designation ?? target.name;
  // An object that has no name of its own is not named twice.
  const plain =
    designation === target.name
      ? text.replace(/^\{D\} (?:- )?\{N\}|^\{N\} \(\{D\}\)/, '{N}')
      : text;
  return plain.replace('{D}', designation).replace('{N}', target.name);
}

const texts: readonly string[] = targets.flatMap((target) => {
  const forms = formsOf(target);
  return Array.from({ length: step }, (_, at) =>
    write(target, forms[at % forms.length] ?? form('{N}')),
  );
});

export const titleText = (number: number): string => texts[number] ?? '';

/** The painter's look that goes with a title. */
export function lookOf(number: number): string {
  const target = targets[Math.floor(number / step)];
  if (target === undefined) return '';
  const forms = formsOf(target);
  const wanted = forms[(number % step) % forms.length]?.look ?? 0;
  return target.looks[wanted % target.looks.length] ?? target.looks[0];
}

/** Place of each title in the order of the alphabet, as PostgreSQL's "C" collation has it. */
export const titleRanks: Float64Array = (() => {
  const order = texts.map((_, number) => number);
  order.sort((a, b) => {
    const [left, right] = [texts[a] ?? '', texts[b] ?? ''];
    return left < right ? -1 : left > right ? 1 : 0;
  });
  const ranks = new Float64Array(texts.length);
  let rank = 0;
  order.forEach((number, at) => {
    if (at > 0 && texts[number] !== texts[order[at - 1] ?? 0]) rank += 1;
    ranks[number] = rank;
  });
  return ranks;
})();
