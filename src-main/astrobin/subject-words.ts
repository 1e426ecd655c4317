/** Runs in plain Node; pure. What a listing of AstroBin's may have left out, in words for people. */
import type { SubjectPlan } from '../sources/astrobin/subjects.ts';

const number = (value: number): string => value.toLocaleString('en-US');

function reasonOf({ reason, full }: SubjectPlan): string {
  switch (reason) {
    case 'ceiling-first':
      return 'AstroBin lists the first 100 images of a subject before it looks at dates, so dates do not lead past them.';
    case 'same-moment':
      return `At ${full.length === 1 ? 'one moment' : `${number(full.length)} moments`} more than 100 images of this subject were uploaded, and nothing else tells them apart.`;
    case 'requests':
    case null:
      return 'Telling all images of this subject apart by their dates would take more requests than a listing may spend.';
  }
}

/** Sentences; none where nothing is missing. */
export function gapsOf(found: {
  /** That of a search whose slices did not reach everything; null for all others. */
  plan: SubjectPlan | null;
  missing: number;
  unreadable: number;
  /** Pages of earlier that stand in for ones that did not come. */
  kept: number;
}): string[] {
  const { plan, missing, unreadable, kept } = found;
  const gaps: string[] = [];
  if (plan !== null && !plan.isComplete) {
    gaps.push(`AstroBin stops at 100 images of a subject. ${reasonOf(plan)}`);
    if (plan.walk !== null) {
      const { images, requests } = plan.walk;
      gaps.push(
        `All ${number(images)} images of these dates can be looked through instead: ${number(requests)} requests of a day’s 500. Dates closer together need fewer.`,
      );
    }
  }
  if (missing > 0) {
    gaps.push(
      `AstroBin counted ${number(missing)} more than it listed. Images may have been taken away meanwhile.`,
    );
  }
  if (unreadable > 0) {
    gaps.push(`${number(unreadable)} came in a form that could not be read, and were left out.`);
  }
  if (kept > 0) {
    gaps.push(
      `AstroBin did not answer, and what was kept of earlier stands in for ${kept === 1 ? 'one page' : `${number(kept)} pages`}. Newer images may be missing.`,
    );
  }
  return gaps;
}
