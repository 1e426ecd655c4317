/**
 * Runs in plain Node. One image by what is known of it. The service answers hashes; numbers only of images that have no
 * hash, which is those from before August 2019. Other numbers are found in the list all the same, by `ids`.
 */
import type { AstrobinImage } from '#contract/astrobin.ts';
import { ArchiveError } from '#contract/errors.ts';
import type { Answered, Question } from '../../http/documents.ts';
import type { AstrobinQuestions } from './questions.ts';
import type { WireObject } from './values.ts';
import { badAnswer } from './wire.ts';

export interface Finder {
  ask: <T>(question: Question<T>) => Promise<Answered<T>>;
  toImage: (row: WireObject) => AstrobinImage | null;
}

/** Finds it. Throws 'not-found', for a number with the reason why the service may not know it. */
export async function findImage(
  hashOrId: string,
  questions: AstrobinQuestions,
  finder: Finder,
): Promise<Answered<AstrobinImage>> {
  const id = hashOrId.trim();
  if (!/^[A-Za-z0-9]{1,32}$/.test(id)) {
    throw new ArchiveError({
      code: 'not-found',
      message: `“${id.slice(0, 60)}” is neither a hash nor a number of AstroBin. Nothing was sent. Check the identifier.`,
      retryable: false,
    });
  }
  try {
    const answered = await finder.ask(questions.detail('image', id));
    const image = finder.toImage(answered.value);
    if (image === null) throw badAnswer('an image');
    return { ...answered, value: image };
  } catch (error) {
    const isAbsent = error instanceof ArchiveError && error.code === 'not-found';
    if (!isAbsent || !/^\d{1,10}$/.test(id)) throw error;
    return await findByNumber(id, questions, finder, error);
  }
}

async function findByNumber(
  id: string,
  questions: AstrobinQuestions,
  { ask, toImage }: Finder,
  absence: ArchiveError,
): Promise<Answered<AstrobinImage>> {
  const answered = await ask(questions.list('image', [['ids', id]], { limit: 1, offset: 0 }));
  const [row] = answered.value.rows;
  const image = row === undefined ? null : toImage(row);
  if (image?.id !== Number(id)) throw absence;
  return { ...answered, value: image };
}
