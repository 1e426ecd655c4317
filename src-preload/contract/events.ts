import type { ArchiveStatus, DownloadItem, MediaKey, RecordRef, Settings } from './domain.ts';
import type { DownloadPlan } from './downloads.ts';
import type { ResultSet } from './results.ts';

/** Facts in the past tense that main tells its shells. Small; at most four a second for one job. */
export interface ArchiveEvents {
  settingsChanged: { settings: Settings };
  downloadChanged: { item: DownloadItem };
  downloadRemoved: { id: string };
  /** Groups, counts or rows of the queue changed; what is shown of it is to be asked for again. */
  queueChanged: { isWorkedHere: boolean };
  /** A plan read more records, or changed its state. */
  planChanged: { plan: DownloadPlan };
  /** How far a check of a folder has come. */
  folderChecked: { folder: string; checked: number; total: number };
  libraryChanged: { total: number; kept: RecordRef[]; removed: RecordRef[] };
  archiveStatusChanged: { status: ArchiveStatus };
  /** A stored result set grew, or changed its state. */
  resultsChanged: { set: ResultSet };
  /** A picture that takes a while is on its way; that it arrived is seen by its being drawn. */
  pictureProgress: { key: MediaKey; receivedBytes: number; totalBytes: number | null };
  /** The native menu, or a second launch, asked for a command of the registry. */
  commandChosen: { command: string };
  /** The window is about to close, and waits a moment for `app.viewSaved`. */
  windowClosing: Record<never, never>;
  /** The system's theme changed. */
  systemThemeChanged: { dark: boolean; highContrast: boolean };
}

export type EventName = keyof ArchiveEvents;

/** Every event by name; a missing or surplus name does not compile. */
const listed: Record<EventName, true> = {
  settingsChanged: true,
  downloadChanged: true,
  downloadRemoved: true,
  queueChanged: true,
  planChanged: true,
  folderChecked: true,
  libraryChanged: true,
  archiveStatusChanged: true,
  resultsChanged: true,
  pictureProgress: true,
  commandChosen: true,
  windowClosing: true,
  systemThemeChanged: true,
};

export const eventNames = Object.keys(listed) as EventName[];
