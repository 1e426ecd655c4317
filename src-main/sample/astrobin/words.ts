/** Runs in plain Node, any thread; pure. What users write below their images, in BBCode as now or in HTML as once. */
import { mix } from '../random.ts';
import type { Images } from './images.ts';
import { share } from './timeline.ts';

const openings: readonly string[] = [
  'Clear wind & steady {S} at last after a month of clouds.',
  'This one has been on my list for years.',
  'Second attempt at {N}, this time with more integration.',
  'Captured over {K} nights between the moons.',
  'Data from last season, processed again with what I have learned since.',
  '{N} from my balcony. Light pollution < what I feared.',
  'A target that never gets old.',
];

const methods: readonly string[] = [
  'Stacked and stretched by hand, noise reduction on the background only.',
  'Drizzled twice, then deconvolved with a measured star profile.',
  'Stars were processed apart and put back at the end.',
  'Flats, darks and bias as usual; guiding was at 0.5".',
  'Autoguided, dithered every third frame.',
];

const closings: readonly string[] = [
  '',
  'Comments are welcome!',
  'Clear skies!',
  'CS, and thank you for looking.',
];

export interface Description {
  /** The plain column: HTML of older images, empty where there is BBCode. */
  plain: string;
  bbcode: string | null;
}

const pick = (list: readonly string[], draw: number): string =>
  list[Math.floor(draw * list.length)] ?? '';

/** How often of a hundred images nothing is said at all, and BBCode is used. */
const silent = 0.18;
const inBbcode = 0.62;

export function describe(images: Images, index: number): Description {
  const draw = (what: number): number => share(mix(images.seed, 0x300 + what), index);
  const style = draw(0);
  if (style < silent) return { plain: '', bbcode: null };
  const { name } = images.targetOf(index);
  const { telescope, camera } = images.exposureOf(index);
  const frames = 20 + Math.floor(draw(4) * 300);
  const opening = pick(openings, draw(1))
    .replace('{N}', name)
    .replace('{S}', 'seeing')
    .replace('{K}', String(2 + Math.floor(draw(5) * 9)));
  const method = pick(methods, draw(2));
  const closing = pick(closings, draw(3));
  const link = 'https://example.org/equipment';
  if (style < silent + inBbcode) {
    const bbcode = `${opening}\n\n[b]Equipment[/b]\n[list][*]${telescope.name}[*]${camera.name}[*]${frames} x 300 s[/list]\n${method} [url=${link}]More about it[/url]. [i]${closing}[/i]`;
    return { plain: '', bbcode };
  }
  const markup = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const plain = `<p>${markup(opening)}</p>\n<p><b>Equipment</b>: ${telescope.name}, ${camera.name}, ${frames} x 300 s.<br />${method} <a href="${link}" rel="nofollow">More about it</a>.</p><p><em>${closing}</em></p>`;
  return { plain, bbcode: null };
}
