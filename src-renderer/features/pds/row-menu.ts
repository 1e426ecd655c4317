/** Runs in the page. The context menu of a row of the registry's tree. */
import Braces from '@lucide/svelte/icons/braces';
import CodeXml from '@lucide/svelte/icons/code-xml';
import Copy from '@lucide/svelte/icons/copy';
import CornerLeftUp from '@lucide/svelte/icons/corner-left-up';
import ArrowDownToLine from '@lucide/svelte/icons/arrow-down-to-line';
import Link2 from '@lucide/svelte/icons/link-2';
import ListTree from '@lucide/svelte/icons/list-tree';
import PanelRight from '@lucide/svelte/icons/panel-right';
import Star from '@lucide/svelte/icons/star';
import StarOff from '@lucide/svelte/icons/star-off';
import type { PdsProduct } from '#contract/pds.ts';
import { galleryText } from '../../i18n/gallery.ts';
import { pdsText } from '../../i18n/pds.ts';
import type { CommandCentre } from '../../lib/deps.ts';
import type { MenuEntry } from '../../ui/menu-entries.ts';
import type { ProductActs } from './product-acts.svelte.ts';

export interface RowMenuOptions {
  acts: ProductActs;
  commands: CommandCentre;
  openInspector: () => void;
}

/** `product` is that of the row; null where the row is none. */
export function rowMenu(product: PdsProduct | null, options: RowMenuOptions): MenuEntry[] {
  if (product === null) return [];
  const { acts, commands, openInspector } = options;
  const reasons = acts.reasons(product);
  const members = product.level === 'product' ? [] : [membersEntry(product, options)];
  return [
    { label: pdsText.open, icon: PanelRight, keys: ['Enter'], run: openInspector },
    {
      label: pdsText.openLabel,
      icon: CodeXml,
      keys: commands.keysOf('pds.label'),
      reason: reasons.label,
      run: () => acts.openLabel(product),
    },
    {
      label: pdsText.saveData(null),
      icon: ArrowDownToLine,
      keys: commands.keysOf('record.download'),
      // The reason is a sentence, which a menu has no room for.
      reason: reasons.data === null ? null : pdsText.unknown,
      run: () => void acts.saveData(product),
    },
    keepEntry(product, options),
    'line',
    {
      label: pdsText.toParent,
      icon: CornerLeftUp,
      keys: commands.keysOf('pds.parents'),
      reason: acts.parentReason() === null ? null : pdsText.unknown,
      run: () => acts.goToParent(),
    },
    { label: pdsText.showPlace, icon: ListTree, run: () => acts.goTo(product.lidvid) },
    ...members,
    'line',
    {
      label: pdsText.copyId,
      icon: Copy,
      keys: commands.keysOf('pds.copyId'),
      run: () => void acts.copyId(product),
    },
    {
      label: pdsText.copyAddress,
      icon: Link2,
      reason: reasons.address === null ? null : pdsText.unknown,
      run: () => void acts.copyAddress(product),
    },
  ];
}

function keepEntry(product: PdsProduct, { acts, commands }: RowMenuOptions): MenuEntry {
  const isKept = acts.isKept(product);
  return {
    label: isKept ? galleryText.remove : galleryText.keep,
    icon: isKept ? StarOff : Star,
    keys: commands.keysOf(isKept ? 'record.remove' : 'record.keep'),
    run: () => void acts.toggleKept(product),
  };
}

function membersEntry(product: PdsProduct, { acts }: RowMenuOptions): MenuEntry {
  return {
    label: pdsText.findMembers,
    icon: Braces,
    run: () => acts.findMembers(product),
  };
}
