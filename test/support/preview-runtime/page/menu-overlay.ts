/**
 * Runs as source text in the page's isolated world: it may use nothing but the language and the DOM. Draws a
 * popup menu over the page for a person at the preview runtime, where no native menu can be shown. Tests choose
 * from menus through the control channel and never see this.
 */

export interface DrawnItem {
  /** What to answer when it is chosen. */
  index: number;
  label: string;
  type: string;
  shortcut: string;
  enabled: boolean;
  checked: boolean;
  items: DrawnItem[];
}

export interface MenuOverlay {
  open(items: DrawnItem[], x: number, y: number): void;
}

/* Kept in one self-contained function: its source text is what the page runs. */
export function createMenuOverlay(answer: (index: number | null) => void): MenuOverlay {
  const css = `
    :host { position: fixed; inset: 0; z-index: 2147483647; color-scheme: light dark; }
    [role=menu] {
      position: absolute; box-sizing: border-box; min-width: 12rem; max-height: 100vh; overflow: auto;
      padding: 4px 0; font: 13px/1.5 system-ui, sans-serif; color: CanvasText; background: Canvas;
      border: 1px solid GrayText; border-radius: 6px; box-shadow: 0 4px 16px rgb(0 0 0 / 30%);
    }
    button {
      display: flex; width: 100%; gap: 2rem; justify-content: space-between; padding: 3px 14px;
      font: inherit; color: inherit; text-align: start; background: none; border: 0;
    }
    button:focus { color: HighlightText; background: Highlight; outline: 0; }
    button:disabled { color: GrayText; }
    hr { height: 1px; margin: 4px 0; background: GrayText; border: 0; opacity: 50%; }
  `;
  let close: ((index: number | null) => void) | null = null;

  const visibleLabel = (item: DrawnItem): string => {
    const label = item.label
      .replaceAll('&&', '\u0001')
      .replaceAll('&', '')
      .replaceAll('\u0001', '&');
    return item.checked ? `✓ ${label}` : label;
  };

  const buttonsOf = (menu: Element): HTMLButtonElement[] =>
    [...menu.querySelectorAll('button')].filter((button) => !button.disabled);

  const place = (menu: HTMLElement, x: number, y: number, flipX: number): void => {
    const { width, height } = menu.getBoundingClientRect();
    const left = x + width > innerWidth ? flipX - width : x;
    menu.style.left = `${Math.max(0, left)}px`;
    menu.style.top = `${Math.max(0, Math.min(y, innerHeight - height))}px`;
  };

  const draw = (root: ShadowRoot, items: DrawnItem[], parent: HTMLElement | null): HTMLElement => {
    const menu = document.createElement('div');
    menu.setAttribute('role', 'menu');
    let below: HTMLElement | null = null;
    const closeBelow = (): void => {
      below?.dispatchEvent(new Event('close-below'));
      below?.remove();
      below = null;
    };
    menu.addEventListener('close-below', closeBelow);
    const openBelow = (button: HTMLElement, item: DrawnItem, focus: boolean): void => {
      closeBelow();
      below = draw(root, item.items, button);
      const box = button.getBoundingClientRect();
      place(below, box.right - 2, box.top - 5, box.left + 2);
      if (focus) buttonsOf(below)[0]?.focus();
    };
    for (const item of items) {
      if (item.type === 'separator') {
        menu.append(document.createElement('hr'));
        continue;
      }
      const button = document.createElement('button');
      const hasItems = item.items.length > 0;
      button.setAttribute('role', 'menuitem');
      button.disabled = !item.enabled;
      const [label, hint] = [document.createElement('span'), document.createElement('span')];
      label.textContent = visibleLabel(item);
      hint.textContent = hasItems ? '›' : item.shortcut;
      button.append(label, hint);
      button.addEventListener('pointerenter', () => {
        button.focus();
        if (hasItems) openBelow(button, item, false);
        else closeBelow();
      });
      button.addEventListener('click', () => {
        if (hasItems) openBelow(button, item, true);
        else close?.(item.index);
      });
      button.addEventListener('keydown', (event) => {
        if (event.key === 'ArrowRight' && hasItems) openBelow(button, item, true);
      });
      menu.append(button);
    }
    menu.addEventListener('keydown', (event) => {
      const buttons = buttonsOf(menu);
      const at = buttons.indexOf(root.activeElement as HTMLButtonElement);
      const moves: Record<string, number> = {
        ArrowDown: at + 1,
        ArrowUp: at - 1,
        Home: 0,
        End: -1,
      };
      const to = moves[event.key];
      if (to !== undefined) buttons.at(to % buttons.length)?.focus();
      if (event.key === 'ArrowLeft' && parent !== null) parent.focus();
      if (event.key === 'Escape') close?.(null);
      if (event.key !== 'Enter' && event.key !== ' ') event.preventDefault();
      event.stopPropagation();
    });
    root.append(menu);
    return menu;
  };

  return {
    open: (items, x, y) => {
      close?.(null);
      const before = document.activeElement;
      const host = document.createElement('almagest-preview-menu');
      const root = host.attachShadow({ mode: 'open' });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      // A constructed sheet is not subject to the page's policy on styles.
      root.adoptedStyleSheets = [sheet];
      document.documentElement.append(host);
      close = (index) => {
        close = null;
        host.remove();
        if (before instanceof HTMLElement) before.focus();
        answer(index);
      };
      host.addEventListener('pointerdown', (event) => {
        if (event.composedPath()[0] === host) close?.(null);
      });
      window.addEventListener('blur', () => close?.(null), { once: true });
      const menu = draw(root, items, null);
      place(menu, x, y, x);
      buttonsOf(menu)[0]?.focus();
    },
  };
}
