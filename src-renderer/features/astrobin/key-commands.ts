/** Runs in the page. The commands about the AstroBin key, which work everywhere. */
import type { CommandId } from '#contract/commands.ts';
import { astrobinKeyText } from '../../i18n/astrobin.ts';
import type { AppDeps, CommandHandler } from '../../lib/deps.ts';
import { accessOf } from './access-state.svelte.ts';

export function keyCommands({
  api,
  notices,
}: Pick<AppDeps, 'api' | 'notices'>): Partial<Record<CommandId, CommandHandler>> {
  const access = accessOf(api);
  return {
    'astrobin.key': {
      async run() {
        await access.load();
        access.isEntering = true;
      },
    },
    'astrobin.checkKey': {
      async run() {
        await access.load();
        if (!access.hasKeys) {
          notices.show({ text: astrobinKeyText.noKey });
          return;
        }
        const { access: answer } = await access.check();
        if (answer === 'accepted') notices.show({ text: astrobinKeyText.accepted });
        else if (answer === 'bad-key') {
          notices.show({ text: astrobinKeyText.refused, tone: 'trouble' });
        }
      },
    },
  };
}
