/**
 * Runs in the main process; pure. Whether a message came from our own page: the top frame of our one window,
 * at our own origin.
 */
import { isOwnPage } from './own-origin.ts';

/** What is looked at of Electron's WebFrameMain. */
export interface FrameLike {
  readonly url: string;
  readonly parent: unknown;
  /** True while a frame that was navigated away runs its unload handlers. */
  readonly detached?: boolean;
}

/** What is looked at of Electron's IpcMainInvokeEvent. */
export interface SenderEvent {
  readonly sender: { readonly id: number };
  /** Null once the frame has navigated or was destroyed. */
  readonly senderFrame: FrameLike | null;
}

/** `ownContentsId` is the id of our window's page, or null while there is no window. */
export function isTrustedSender(event: SenderEvent, ownContentsId: number | null): boolean {
  try {
    if (ownContentsId === null || event.sender.id !== ownContentsId) return false;
    const frame = event.senderFrame;
    if (frame === null || frame.parent !== null || frame.detached === true) return false;
    return isOwnPage(frame.url);
  } catch {
    // Reading a frame that is being disposed of throws.
    return false;
  }
}
