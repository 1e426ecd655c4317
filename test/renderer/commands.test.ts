import { describe, expect, test } from 'vitest';
import { Commands, type KeyPlace } from '#renderer/app/commands.svelte.ts';
import type { KeyPress, Platform } from '#renderer/lib/keymap.ts';

const nowhere: KeyPlace = { typing: false, onControl: false, inList: false, inDialog: false };
const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

function setUp(own: Record<string, string> = {}, platform: Platform = 'linux') {
  const errors: unknown[] = [];
  const reasons: string[] = [];
  const commands = new Commands({
    platform,
    userShortcuts: () => own,
    onError: (error) => errors.push(error),
    onUnavailable: (reason) => reasons.push(reason),
  });
  return { commands, errors, reasons };
}

function counted() {
  const handler = { count: 0, run: () => void (handler.count += 1) };
  return handler;
}

describe('handlers', () => {
  test('the latest offer wins and its end gives the earlier one back', () => {
    const { commands } = setUp();
    const frame = counted();
    const view = counted();
    commands.provide({ 'library.undo': frame });
    const end = commands.provide({ 'library.undo': view });
    commands.run('library.undo');
    end();
    commands.run('library.undo');
    expect([view.count, frame.count]).toEqual([1, 1]);
  });

  test('what nobody offers is not available and does nothing', () => {
    const { commands, reasons } = setUp();
    commands.run('record.keep');
    expect(commands.isOffered('record.keep')).toBe(false);
    expect(commands.isAvailable('record.keep')).toBe(false);
    expect(reasons).toEqual([]);
  });

  test('what cannot act now says why instead of acting', () => {
    const { commands, reasons } = setUp();
    const handler = { ...counted(), unavailable: () => 'Nothing is selected.' };
    commands.provide({ 'record.keep': handler });
    commands.run('record.keep');
    expect(handler.count).toBe(0);
    expect(reasons).toEqual(['Nothing is selected.']);
    expect(commands.reasonUnavailable('record.keep')).toBe('Nothing is selected.');
  });

  test('failures at once and later are told', async () => {
    const { commands, errors } = setUp();
    commands.provide({
      'go.back': { run: () => Promise.reject(new Error('later')) },
      'go.forward': {
        run: () => {
          throw new Error('now');
        },
      },
    });
    commands.run('go.back');
    commands.run('go.forward');
    await Promise.resolve();
    await Promise.resolve();
    expect(errors.map(String).sort()).toEqual(['Error: later', 'Error: now']);
  });
});

describe('keys', () => {
  test('run what they stand for', () => {
    const { commands } = setUp();
    const palette = counted();
    commands.provide({ 'app.palette': palette });
    expect(commands.handleKey(press('k', { ctrlKey: true }), nowhere)).toBe(true);
    expect(palette.count).toBe(1);
  });

  test('single letters never act while typing, nor what edits text', () => {
    const { commands } = setUp();
    const keep = counted();
    const undo = counted();
    const palette = counted();
    commands.provide({ 'record.keep': keep, 'library.undo': undo, 'app.palette': palette });
    const typing = { ...nowhere, typing: true };
    expect(commands.handleKey(press('b'), typing)).toBe(false);
    expect(commands.handleKey(press('z', { ctrlKey: true }), typing)).toBe(false);
    expect(commands.handleKey(press('k', { ctrlKey: true }), typing)).toBe(true);
    expect([keep.count, undo.count, palette.count]).toEqual([0, 0, 1]);
  });

  test('single letters belong to menus and trees while they are there', () => {
    const { commands } = setUp();
    const keep = counted();
    commands.provide({ 'record.keep': keep });
    commands.handleKey(press('b'), { ...nowhere, inList: true });
    expect(keep.count).toBe(0);
  });

  test('Enter belongs to the button that has the focus', () => {
    const { commands } = setUp();
    const open = counted();
    commands.provide({ 'record.open': open });
    expect(commands.handleKey(press('Enter'), { ...nowhere, onControl: true })).toBe(false);
    expect(commands.handleKey(press('Enter'), nowhere)).toBe(true);
    expect(open.count).toBe(1);
  });

  test('behind a dialog only the window and the text size act', () => {
    const { commands } = setUp();
    const go = counted();
    const zoom = counted();
    commands.provide({ 'go.library': go, 'view.zoomTextIn': zoom });
    const inDialog = { ...nowhere, inDialog: true };
    commands.handleKey(press('4', { ctrlKey: true }), inDialog);
    commands.handleKey(press('=', { ctrlKey: true }), inDialog);
    expect([go.count, zoom.count]).toEqual([0, 1]);
  });

  test('a key with Mod that cannot act does not fall through to the browser', () => {
    const { commands } = setUp();
    expect(commands.handleKey(press('r', { ctrlKey: true }), nowhere)).toBe(true);
    expect(commands.handleKey(press('b'), nowhere)).toBe(false);
  });

  test('the user’s own keys replace the registry’s, and an empty one turns them off', () => {
    const { commands } = setUp({
      'app.palette': 'Mod+P',
      'record.keep': '',
      'go.back': 'nonsense+',
    });
    const palette = counted();
    const keep = counted();
    commands.provide({ 'app.palette': palette, 'record.keep': keep });
    commands.handleKey(press('k', { ctrlKey: true }), nowhere);
    expect(palette.count).toBe(0);
    commands.handleKey(press('p', { ctrlKey: true }), nowhere);
    commands.handleKey(press('b'), nowhere);
    expect([palette.count, keep.count]).toEqual([1, 0]);
    expect(commands.keysOf('app.palette')).toEqual(['Ctrl', 'P']);
    expect(commands.keysOf('record.keep')).toEqual([]);
    expect(commands.ariaKeysOf('record.keep')).toBeUndefined();
    expect(commands.keysOf('go.back')).toEqual([]);
  });

  test('macOS has keys of its own where the system keeps the usual ones', () => {
    const { commands } = setUp({}, 'darwin');
    expect(commands.keysOf('go.back')).toEqual(['⌘', '[']);
    expect(setUp().commands.keysOf('go.back')).toEqual(['Alt', '←']);
  });
});
