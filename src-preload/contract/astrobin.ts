/**
 * AstroBin's domain, as Almagest shows it: images with how they were made, the image of the day, users and their
 * collections. Identifiers are AstroBin's own. Nothing here holds a key, a secret or an address that names one.
 */
import type { AnswerAge } from './age.ts';
import type { DayBudget } from './day-budget.ts';
import type { MediaKey, RecordCard, RecordRef, Rendition, TextNode } from './domain.ts';

/** Resources of the service's version 1, by its own names. */
export const astrobinResources = [
  'image',
  'imagerevision',
  'imageoftheday',
  'toppick',
  'toppicknomination',
  'collection',
  'userprofile',
  'location',
] as const;
export type AstrobinResource = (typeof astrobinResources)[number];

/** What was not asked of the service for want of a key is 'no-key'; what it refused, 'bad-key'. */
export type AstrobinAccess = 'no-key' | 'unchecked' | 'accepted' | 'bad-key';

/** AstroBin's licences, in the order of its own numbers 0 to 6. */
export const astrobinLicences = [
  'ALL_RIGHTS_RESERVED',
  'ATTRIBUTION_NON_COMMERCIAL_SHARE_ALIKE',
  'ATTRIBUTION_NON_COMMERCIAL',
  'ATTRIBUTION_NON_COMMERCIAL_NO_DERIVS',
  'ATTRIBUTION',
  'ATTRIBUTION_SHARE_ALIKE',
  'ATTRIBUTION_NO_DERIVS',
] as const;
export type AstrobinLicenceName = (typeof astrobinLicences)[number];

export interface AstrobinLicence {
  /** null where the service said something else. */
  name: AstrobinLicenceName | null;
  /** As people know it, such as "CC BY-NC-SA" or "All rights reserved". */
  title: string;
  /** The licence's own text on the web; null where all rights are reserved. */
  url: string | null;
  /** What it permits, null where it is not known: may copies be passed on, sold, changed? */
  mayShare: boolean | null;
  maySell: boolean | null;
  mayChange: boolean | null;
}

/** Where an image lies in the sky, as AstroBin solved it. Degrees, J2000; scale in arcseconds a pixel. */
export interface AstrobinSolution {
  status:
    | 'MISSING'
    | 'PENDING'
    | 'FAILED'
    | 'SUCCESS'
    | 'ADVANCED_PENDING'
    | 'ADVANCED_FAILED'
    | 'ADVANCED_SUCCESS';
  /** SUCCESS and everything after it. */
  isSolved: boolean;
  ra: number | null;
  dec: number | null;
  /** Degrees from the middle to a corner. */
  radius: number | null;
  pixelScale: number | null;
  /** Degrees, east of north. */
  orientation: number | null;
  /** The overlay that AstroBin draws, and its map of the sky. */
  overlayUrl: string | null;
  skyPlotUrl: string | null;
}

/** One state of an image: the first one, or a revision with its letter. */
export interface AstrobinRevision {
  /** '0' for the first state, else the letter. */
  label: string;
  title: string | null;
  description: TextNode[];
  isFinal: boolean;
  /** ISO 8601 with zone. */
  uploaded: string | null;
  width: number | null;
  height: number | null;
  renditions: Rendition[];
  solution: AstrobinSolution;
}

export interface AstrobinImage {
  ref: RecordRef;
  /** null for images from before 2019-08, which are known by their number alone. */
  hash: string | null;
  id: number | null;
  title: string;
  user: string;
  description: TextNode[];
  /** ISO 8601 with zone; the service gives UTC without saying so. */
  uploaded: string | null;
  published: string | null;
  updated: string | null;
  width: number | null;
  height: number | null;
  isAnimated: boolean;
  telescopes: string[];
  cameras: string[];
  /** Words of the catalogue of objects in the field, sorted; empty while unsolved. */
  subjects: string[];
  dataSource: string | null;
  remoteSource: string | null;
  link: string | null;
  fitsLink: string | null;
  likes: number | null;
  bookmarks: number | null;
  comments: number | null;
  views: number | null;
  licence: AstrobinLicence;
  solution: AstrobinSolution;
  renditions: Rendition[];
  histogramUrl: string | null;
  /** Numbers of its revisions and places, in the service's order. */
  revisions: number[];
  locations: number[];
  /** What the service said beyond that, under its own names. */
  fields: Record<string, unknown>;
}

/** A chosen image and the day (or the moment) for which it was. */
export interface AstrobinPick {
  /** `YYYY-MM-DD` for an image of the day; ISO 8601 with zone for a top pick. */
  date: string;
  /** By hash, or by number where the service gave one. */
  image: RecordRef | null;
  runnersUp: RecordRef[];
}

export interface AstrobinUser {
  id: number;
  username: string;
  realName: string | null;
  about: TextNode[];
  website: string | null;
  job: string | null;
  hobbies: string | null;
  language: string | null;
  avatarUrl: string | null;
  imageCount: number | null;
  followers: number | null;
  following: number | null;
  likes: number | null;
  /** ISO 8601 with zone. */
  joined: string | null;
  /** The subscription's name; null for none. */
  subscription: string | null;
  page: string;
}

export interface AstrobinCollection {
  id: number;
  name: string;
  description: string | null;
  user: string | null;
  /** `YYYY-MM-DD`. */
  created: string | null;
  updated: string | null;
  /** All of them, in the service's order. */
  images: RecordRef[];
}

export interface AstrobinPlace {
  id: number;
  name: string;
  city: string | null;
  state: string | null;
  /** ISO 3166, two letters. */
  country: string | null;
  /** Metres. */
  altitude: number | null;
}

/** One parameter of a list as the service spells it, such as `title__icontains`. */
export type AstrobinParam = readonly [name: string, value: string];

/** What is wrong with a parameter that the service would refuse, or worse: leave out without a word. */
export interface AstrobinParamProblem {
  param: string;
  /** unknown: ignored by the service. unfilterable, unsortable, value: answered with 400. */
  kind: 'unknown' | 'unfilterable' | 'unsortable' | 'value';
  message: string;
  /** Names that were probably meant. */
  suggestions: string[];
}

/** A part of a list of images, as a gallery shows it. */
export interface AstrobinPage {
  cards: RecordCard[];
  /** As the service counts them. */
  total: number;
  offset: number;
  /** At most 25, which is all that the service gives at once. */
  limit: number;
  hasNext: boolean;
  /** 100 where a search by subject stops, else null. */
  ceiling: number | null;
  unreadable: number;
  age: AnswerAge;
}

/** How the keys may be kept: by the system's keyring, as plain text in the profile, or until Almagest is closed. */
export const astrobinKeyGuards = ['keyring', 'plain-text', 'session'] as const;
export type AstrobinKeyGuard = (typeof astrobinKeyGuards)[number];

/** What may be known of the keys, which is not the keys. */
export interface AstrobinKeyState {
  /** null where there are none. */
  from: AstrobinKeyGuard | 'environment' | null;
  /** Whether this computer has a keyring that guards what it is given. */
  hasKeyring: boolean;
  /** Keys were kept by a keyring that no longer gives them; they have to be entered again. */
  isLost: boolean;
}

/** Where our own origin serves pictures for viewing, by their addresses at the archive. */
export type AstrobinPictures = Record<string, MediaKey>;

export interface AstrobinImageDetail {
  image: AstrobinImage;
  card: RecordCard;
  pictures: AstrobinPictures;
  creditLine: string;
  age: AnswerAge;
}

export interface AstrobinRevisions {
  /** The first state ('0'), then B, C … */
  revisions: AstrobinRevision[];
  pictures: AstrobinPictures;
  /** Numbers that the image names and the service does not have. */
  missing: number[];
  unreadable: number;
  age: AnswerAge;
}

export const astrobinPickKinds = ['imageoftheday', 'toppick', 'toppicknomination'] as const;
export type AstrobinPickKind = (typeof astrobinPickKinds)[number];

export interface AstrobinPickPart {
  /** `card` is null where the image was never seen: `image` gets it, for one request. */
  picks: { pick: AstrobinPick; card: RecordCard | null }[];
  total: number;
  offset: number;
  limit: number;
  hasNext: boolean;
  unreadable: number;
  age: AnswerAge;
}

export interface AstrobinUserDetail {
  user: AstrobinUser;
  avatar: MediaKey | null;
  age: AnswerAge;
}

export interface AstrobinCollectionPart {
  collections: AstrobinCollection[];
  total: number;
  offset: number;
  limit: number;
  hasNext: boolean;
  unreadable: number;
  age: AnswerAge;
}

/** A part of all images of a search. */
export interface AstrobinSubjectPart {
  cards: RecordCard[];
  isEnded: boolean;
  /** Images so far, each once. */
  listed: number;
  /** As the service counts them; a search by subject counts 100 for 100 or more. */
  total: number;
  requests: number;
  unreadable: number;
  /** Once ended: false where images may have been left out, with why in `gaps`. */
  isComplete: boolean;
  /** Sentences: what is missing, and what it would take. */
  gaps: string[];
}

export interface AstrobinService {
  keys: AstrobinKeyState;
  access: AstrobinAccess;
  /** null where nothing can be counted, because the library is not open. */
  budget: DayBudget | null;
  /** Where it is asked. */
  address: string;
}

export interface AstrobinRawAnswer {
  url: string;
  contentType: string | null;
  text: string;
}
