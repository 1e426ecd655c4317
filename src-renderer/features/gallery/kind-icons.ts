import AudioLines from '@lucide/svelte/icons/audio-lines';
import Box from '@lucide/svelte/icons/box';
import FileText from '@lucide/svelte/icons/file-text';
import Film from '@lucide/svelte/icons/film';
import Folder from '@lucide/svelte/icons/folder';
import Image from '@lucide/svelte/icons/image';
import Table from '@lucide/svelte/icons/table-2';
import User from '@lucide/svelte/icons/user';
import type { RecordKind } from '#contract/domain.ts';
import type { IconComponent } from '../../ui/icon-component.ts';

/** The icon of each kind of record. */
export const kindIcons: Readonly<Record<RecordKind, IconComponent>> = {
  image: Image,
  video: Film,
  audio: AudioLines,
  data: Table,
  document: FileText,
  collection: Folder,
  bundle: Box,
  profile: User,
};
