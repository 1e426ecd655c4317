/**
 * Someone in front of the window, with the mouse or with the keyboard alone. Flows are written once and done
 * both ways; whatever only one of them can do is a defect of the window.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

export type Way = 'mouse' | 'keyboard';
export const ways: readonly Way[] = ['mouse', 'keyboard'];

/** A profile whose welcome screen was answered, with other settings as given. */
export function prepareProfile(folder: string, settings: Record<string, unknown> = {}): void {
  const profile = join(folder, 'profile');
  mkdirSync(profile, { recursive: true });
  writeFileSync(join(profile, 'settings.json'), JSON.stringify({ welcomed: true, ...settings }));
}

const places = {
  'NASA Images': 'Control+1',
  'PDS Registry': 'Control+2',
  AstroBin: 'Control+3',
  'Everything kept': 'Control+4',
  Downloads: 'Control+5',
  Settings: 'Control+,',
} as const;

/** Panes that F6 can pass before it comes round again. */
const paneCount = 6;

export class Person {
  readonly page: Page;
  readonly way: Way;

  constructor(page: Page, way: Way) {
    this.page = page;
    this.way = way;
  }

  get searchField(): Locator {
    return this.page.getByRole('searchbox').first();
  }

  get grid(): Locator {
    return this.page.getByRole('grid');
  }

  get tiles(): Locator {
    return this.grid.getByRole('gridcell');
  }

  tile(index: number): Locator {
    return this.grid.locator(`[data-index="${index}"]`);
  }

  get inspector(): Locator {
    return this.page.locator('[data-pane="inspector"]');
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Saves the record that is open. */
  get saveButton(): Locator {
    return this.page
      .getByRole('toolbar', { name: 'Record' })
      .getByRole('button', { name: /^Save / });
  }

  /** Index of the first item that is seen whole. */
  async firstSeen(): Promise<number> {
    return this.grid.evaluate((grid) => {
      const top = (grid.parentElement ?? grid).getBoundingClientRect().top;
      const cells = [...grid.querySelectorAll<HTMLElement>('[data-index]')];
      const first = cells.find((cell) => cell.getBoundingClientRect().top >= top);
      return Number(first?.dataset['index'] ?? -1);
    });
  }

  async search(text: string): Promise<void> {
    await expect(this.searchField).toBeVisible();
    if (this.way === 'mouse') await this.searchField.click();
    else await this.press('Control+l');
    await expect(this.searchField).toBeFocused();
    await this.press('Control+a');
    await this.page.keyboard.type(text);
    await this.press('Enter');
  }

  /** Waits until pictures of records are there to be seen. */
  async seesResults(): Promise<void> {
    await expect(this.tile(0)).toBeVisible();
    await expect(this.tile(0)).not.toHaveAccessibleName('Not loaded yet');
  }

  async goTo(place: keyof typeof places): Promise<void> {
    if (this.way === 'keyboard') await this.press(places[place]);
    else {
      const sidebar = this.page.getByRole('navigation', { name: 'Places' });
      await sidebar.getByRole('button', { name: new RegExp(`^${place}`) }).click();
    }
  }

  /** The innermost pane that the focus is in. */
  private focusedPane(): Promise<string | null> {
    return this.page.evaluate(
      () => document.activeElement?.closest('[data-pane]')?.getAttribute('data-pane') ?? null,
    );
  }

  /** Puts the focus into the gallery by keys. */
  async intoGrid(): Promise<void> {
    for (let passed = 0; passed < paneCount; passed += 1) {
      if ((await this.grid.locator(':focus').count()) > 0) return;
      await this.press('F6');
      if ((await this.focusedPane()) === 'main') break;
    }
    // Inside the pane, the filters come before the pictures.
    for (let tabs = 0; tabs < 20; tabs += 1) {
      if ((await this.grid.locator(':focus').count()) > 0) return;
      await this.press('Tab');
    }
    await expect(this.grid.locator(':focus')).toHaveCount(1);
  }

  /** Moves the keyboard's focus in the gallery to one item, from wherever it is. */
  async toTile(index: number): Promise<void> {
    await this.intoGrid();
    await this.press('Control+Home');
    for (let at = 0; at < index; at += 1) await this.press('ArrowRight');
    await expect(this.tile(index)).toBeFocused();
  }

  async open(index: number): Promise<void> {
    if (this.way === 'mouse') await this.tile(index).dblclick();
    else {
      await this.toTile(index);
      await this.press('Enter');
    }
    await expect(this.saveButton).toBeEnabled();
  }

  /** Selects so that exactly these are selected. */
  async select(...indexes: number[]): Promise<void> {
    if (this.way === 'mouse') {
      const [first, ...others] = indexes;
      if (first !== undefined) await this.tile(first).click();
      for (const index of others) await this.tile(index).click({ modifiers: ['Control'] });
    } else {
      await this.intoGrid();
      await this.press('Escape');
      for (const index of indexes) {
        await this.toTile(index);
        await this.press('Control+Space');
      }
    }
    for (const index of indexes) {
      await expect(this.tile(index)).toHaveAttribute('aria-selected', 'true');
    }
  }

  /** Presses a button by its name: with the mouse, or by tabbing to it and pressing Enter. */
  async pressButton(button: Locator): Promise<void> {
    await expect(button).toBeVisible();
    if (this.way === 'mouse') {
      await button.click();
      return;
    }
    await this.tabTo(button);
    await this.press('Enter');
  }

  /** Tabs until an element has the focus. It must be reachable that way. */
  async tabTo(target: Locator, limit = 120): Promise<void> {
    for (let tabs = 0; tabs < limit; tabs += 1) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.press('Tab');
    }
    await expect(target, 'reachable by the Tab key').toBeFocused();
  }

  /** Puts the focus into a part of the view by keys, from wherever it is. */
  async into(part: Locator): Promise<void> {
    const isIn = (): Promise<boolean> =>
      part.evaluate((element) => element.contains(document.activeElement));
    for (let passed = 0; passed < paneCount && !(await isIn()); passed += 1) {
      await this.press('F6');
      if ((await this.focusedPane()) === 'main') break;
    }
    for (let tabs = 0; tabs < 40 && !(await isIn()); tabs += 1) await this.press('Tab');
    expect(await isIn(), 'reachable by F6 and Tab').toBe(true);
  }

  /** Chooses from the menu that is open. */
  async chooseItem(name: string | RegExp): Promise<void> {
    const item = this.page.getByRole('menuitem', { name });
    await expect(item).toBeVisible();
    if (this.way === 'mouse') await item.click();
    else {
      for (let down = 0; down < 20; down += 1) {
        if (await item.evaluate((one) => one === document.activeElement)) break;
        await this.press('ArrowDown');
      }
      await this.press('Enter');
    }
    await expect(this.page.getByRole('menu')).toBeHidden();
  }

  /** Replaces what is in a field. */
  async fill(field: Locator, text: string): Promise<void> {
    if (this.way === 'mouse') await field.click();
    else await this.tabTo(field);
    await this.press('Control+a');
    await this.page.keyboard.insertText(text);
  }

  /** Chooses one of a group of radios. */
  async chooseRadio(group: Locator, name: string | RegExp): Promise<void> {
    const radio = group.getByRole('radio', { name });
    await expect(radio).toBeAttached();
    // Where they are joined, the radio itself lies unseen under its word, which takes the click.
    if (this.way === 'mouse') await radio.click({ force: true });
    else {
      const count = await group.getByRole('radio').count();
      await this.tabTo(group.getByRole('radio', { checked: true }));
      for (let at = 1; at < count && !(await radio.isChecked()); at += 1)
        await this.press('ArrowDown');
    }
    await expect(radio).toBeChecked();
  }

  /** Chooses from a closed list, such as the one beside a field. */
  async chooseOption(list: Locator, name: string): Promise<void> {
    const option = this.page.getByRole('option', { name, exact: true });
    if (this.way === 'mouse') {
      await list.click();
      await option.click();
    } else {
      await this.tabTo(list);
      await this.press('Enter');
      await expect(option).toBeVisible();
      for (let down = 0; down < 20; down += 1) {
        if ((await option.getAttribute('data-highlighted')) !== null) break;
        await this.press('ArrowDown');
      }
      await this.press('Enter');
    }
    await expect(option).toBeHidden();
  }

  /** Presses a key, or a button with the mouse. */
  async act(key: string, button: Locator): Promise<void> {
    if (this.way === 'keyboard') await this.press(key);
    else await button.click();
  }

  /** Runs a command of the palette. */
  async command(text: string, name: string | RegExp): Promise<void> {
    const open = this.page.getByRole('button', { name: /^Commands/ });
    if (this.way === 'mouse') await open.click();
    else await this.press('Control+k');
    const palette = this.page.getByRole('dialog', { name: 'Commands' });
    await palette.getByRole('combobox').waitFor();
    await this.page.keyboard.type(text);
    const option = palette.getByRole('option', { name }).first();
    await expect(option).toBeVisible();
    if (this.way === 'mouse') await option.click();
    else {
      for (let down = 0; down < 20; down += 1) {
        if ((await option.getAttribute('aria-selected')) === 'true') break;
        await this.press('ArrowDown');
      }
      await this.press('Enter');
    }
    await expect(palette).toBeHidden();
  }

  async back(): Promise<void> {
    if (this.way === 'mouse')
      await this.page.getByRole('button', { name: 'Back', exact: true }).click();
    else await this.press('Alt+ArrowLeft');
  }

  /** Keeps or unkeeps the record that is open, or what is selected. */
  async keep(): Promise<void> {
    if (this.way === 'keyboard') await this.press('b');
    else {
      await this.page
        .getByRole('button', { name: 'Keep in the library' })
        .filter({ visible: true })
        .first()
        .click();
    }
  }
}
