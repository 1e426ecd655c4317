import type { AppDeps } from '../../lib/deps.ts';

/** Opens a page outside the window, and says so where that can't be done. */
export async function openPage(
  { api, notices }: Pick<AppDeps, 'api' | 'notices'>,
  url: string,
): Promise<void> {
  try {
    await api.app.openExternal({ url });
  } catch (error) {
    notices.showError(error);
  }
}
