/** Runs in the page. The icon of a product, told by its place in the tree and its class. */
import Box from '@lucide/svelte/icons/box';
import FileText from '@lucide/svelte/icons/file-text';
import Image from '@lucide/svelte/icons/image';
import Layers from '@lucide/svelte/icons/layers';
import Table from '@lucide/svelte/icons/table-2';
import type { PdsProduct } from '#contract/pds.ts';
import type { IconComponent } from '../../ui/icon-component.ts';

export type PdsKind = 'bundle' | 'collection' | 'document' | 'browse' | 'data';

/** A class that is not known, or none, is data: that is what most products are. */
export function kindOf({
  level,
  productClass,
}: Pick<PdsProduct, 'level' | 'productClass'>): PdsKind {
  if (level !== 'product') return level;
  if (productClass === 'Product_Document' || productClass === 'Product_File_Text')
    return 'document';
  return productClass === 'Product_Browse' || productClass === 'Product_Thumbnail'
    ? 'browse'
    : 'data';
}

export const pdsIcons: Readonly<Record<PdsKind, IconComponent>> = {
  bundle: Box,
  collection: Layers,
  document: FileText,
  browse: Image,
  data: Table,
};
