/** Runs in the page. When AstroBin is asked again after the limit of the day. */
import type { AstrobinService } from '#contract/astrobin.ts';
import { astrobinTroubleText } from '../../i18n/astrobin.ts';
import { formatTimeLeft } from '../../i18n/format.ts';

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** One sentence; '' while it is not known. */
export function renewalOf(service: AstrobinService | null): string {
  const budget = service?.budget ?? null;
  if (budget === null) return '';
  const left = formatTimeLeft((budget.renewsAtMs - Date.now()) / 1000);
  return astrobinTroubleText.limitRenews(time.format(budget.renewsAtMs), left);
}
