import { describe, expect, test } from 'vitest';
import { isOwnPage, isOwnUrl } from '#main/shell/own-origin.ts';
import { isTrustedSender, type FrameLike } from '#main/shell/sender-check.ts';

const frame = (url: string, rest: Partial<FrameLike> = {}): FrameLike => ({
  url,
  parent: null,
  ...rest,
});

const event = (senderFrame: FrameLike | null, id = 7) => ({ sender: { id }, senderFrame });

test('the top frame of our window at our page is trusted', () => {
  expect(isTrustedSender(event(frame('app://almagest/')), 7)).toBe(true);
  expect(isTrustedSender(event(frame('app://almagest/index.html#/library')), 7)).toBe(true);
});

describe('not trusted is', () => {
  test.each([
    ['another scheme', 'https://almagest/'],
    ['another custom scheme, whose origin is "null" as well', 'evil://almagest/'],
    ['another host', 'app://almagest.evil/'],
    ['a port', 'app://almagest:80/'],
    ['a user name', 'app://user@almagest/'],
    ['another document of ours', 'app://almagest/media/x.svg'],
    ['an empty document', 'about:blank'],
    ['a file', 'file:///almagest/'],
    ['nothing', ''],
  ])('%s', (_name, url) => {
    expect(isTrustedSender(event(frame(url)), 7)).toBe(false);
  });

  test('a frame inside the page', () => {
    const inner = frame('app://almagest/', { parent: frame('app://almagest/') });
    expect(isTrustedSender(event(inner), 7)).toBe(false);
  });

  test('a frame that is gone or going', () => {
    expect(isTrustedSender(event(null), 7)).toBe(false);
    expect(isTrustedSender(event(frame('app://almagest/', { detached: true })), 7)).toBe(false);
    const disposed = {
      sender: { id: 7 },
      get senderFrame(): FrameLike {
        throw new Error('Render frame was disposed');
      },
    };
    expect(isTrustedSender(disposed, 7)).toBe(false);
  });

  test('another window, or any when ours is closed', () => {
    expect(isTrustedSender(event(frame('app://almagest/'), 8), 7)).toBe(false);
    expect(isTrustedSender(event(frame('app://almagest/')), null)).toBe(false);
  });
});

test('our origin is one scheme and one host; our page is one document of it', () => {
  expect(isOwnUrl('app://almagest/media/x')).toBe(true);
  expect(isOwnPage('app://almagest/media/x')).toBe(false);
  expect(isOwnPage('app://almagest/?q=1')).toBe(true);
  expect(isOwnUrl('app:almagest')).toBe(false);
});
