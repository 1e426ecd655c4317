/** Runs in the page. The player's commands, offered while a film or a sound is shown. */
import type { CommandId } from '#contract/commands.ts';
import { playerText } from '../../i18n/player.ts';
import type { CommandHandler } from '../../lib/deps.ts';
import { leapSeconds } from './player-time.ts';
import type { PlayerState } from './player-state.svelte.ts';

export interface PlayerSurroundings {
  isFilm: boolean;
  hasCaptions: boolean;
  fillScreen: () => Promise<void>;
}

export function playerCommands(
  player: PlayerState,
  { isFilm, hasCaptions, fillScreen }: PlayerSurroundings,
): Partial<Record<CommandId, CommandHandler>> {
  const unavailable = () => (player.file === null ? playerText.noneTitle : null);
  const act = (run: () => void): CommandHandler => ({ run, unavailable });
  const always: Partial<Record<CommandId, CommandHandler>> = {
    'player.play': act(() => player.toggle()),
    'player.back': act(() => player.leap(-leapSeconds)),
    'player.on': act(() => player.leap(leapSeconds)),
    'player.slower': act(() => player.stepRate(-1)),
    'player.faster': act(() => player.stepRate(1)),
    'player.mute': act(() => player.toggleMuted()),
  };
  if (!isFilm) return always;
  return {
    ...always,
    'player.frameBack': act(() => player.stepFrame(-1)),
    'player.frameOn': act(() => player.stepFrame(1)),
    'player.fullscreen': { run: fillScreen, unavailable },
    'player.captions': {
      run: () => player.toggleCaptions(),
      unavailable: () => (hasCaptions ? unavailable() : playerText.noCaptions),
    },
  };
}
