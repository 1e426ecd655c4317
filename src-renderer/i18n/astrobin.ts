/** Words of AstroBin's places: images of the day, users, collections. */
import type { AstrobinPickKind } from '#contract/astrobin.ts';
import { formatArchiveDate, formatCount, formatPlural } from './format.ts';

interface PickWords {
  title: string;
  tab: string;
  /** Above the title of the one that is shown. */
  of: (date: string) => string;
  others: string;
}

const picks: Readonly<Record<AstrobinPickKind, PickWords>> = {
  imageoftheday: {
    title: 'Image of the day',
    tab: 'Images of the day',
    of: (date) => `Image of the day, ${date}`,
    others: 'Earlier days',
  },
  toppick: {
    title: 'Top picks',
    tab: 'Top picks',
    of: (date) => `Top pick, published ${date}`,
    others: 'Earlier top picks',
  },
  toppicknomination: {
    title: 'Top pick nominations',
    tab: 'Nominations',
    of: (date) => `Nominated as a top pick, published ${date}`,
    others: 'Earlier nominations',
  },
};

const shortDays = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});
const yearDays = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `1 Mar`; with the year where it is another than that of the newest. */
export function shortDay(date: string, newest: string): string {
  const atMs = Date.parse(date);
  if (Number.isNaN(atMs)) return date;
  return (date.slice(0, 4) === newest.slice(0, 4) ? shortDays : yearDays).format(atMs);
}

function wholeDay(date: string): string {
  const atMs = Date.parse(date);
  return Number.isNaN(atMs) ? date : yearDays.format(atMs);
}

const languages = new Intl.DisplayNames('en-GB', { type: 'language', fallback: 'code' });

/** `English` for `en`; what is no code of a language stays as it is. */
export function languageName(code: string): string {
  try {
    return languages.of(code) ?? code;
  } catch {
    return code;
  }
}

export const astrobinText = {
  picks,
  kinds: 'What is shown',
  days: (kind: AstrobinPickKind): string => `${picks[kind].tab}, newest first`,
  dayLoaded: (count: number, back: string): string =>
    `${formatCount(count)} loaded, back to ${back}`,
  dayTotal: (total: number): string => `of ${formatCount(total)}`,
  asking: 'Asking AstroBin…',
  by: 'by',
  collect: 'Collect',
  collected: 'Collected',
  open: 'Open',
  openLabel: (title: string): string => `Open ${title}`,
  profileOf: (name: string): string => `Profile of ${name}`,
  goToDay: 'Go to a day',
  dayField: 'Day',
  dayHint: 'As 2022-02-14',
  dayGo: 'Go',
  notADay: (text: string): string => `“${text}” is no day such as 2022-02-14`,
  dayToCome: 'This day has no image yet',
  dayBefore: (first: string): string => `The first image of the day is of ${first}`,
  dayNone: (date: string): string =>
    `No image of the day is listed for ${formatArchiveDate(date)}. The nearest one is shown.`,
  later: 'Later',
  earlier: 'Earlier',
  noLater: 'This is the newest',
  noEarlier: 'This is the oldest',
  daysNeedKey: 'AstroBin can’t be asked for other days without a key',
  daysFailed: 'The list of days could not be read',
  pictureFailed: 'The picture could not be loaded',
  noPicture: 'No picture is known',
  unknownImage: 'AstroBin doesn’t say which image it was',
  imageGone: 'AstroBin no longer has this image',
  dayOrigin: (kind: AstrobinPickKind): string =>
    kind === 'imageoftheday' ? 'the image of the day' : picks[kind].title.toLowerCase(),
  keptAge: (age: string): string => `List kept ${age}`,
  listAge: (age: string): string => `List from ${age}`,
  emptyDays: 'AstroBin lists none',
  emptyDaysText: 'AstroBin answered, and its list is empty.',
  dayOption: (date: string, title: string | null): string =>
    // It begins with what stands below the picture.
    [wholeDay(date), ...(title === null ? [] : [title])].join(': '),

  findUser: 'Find a user of AstroBin',
  findUserText:
    'AstroBin finds users by their whole name alone, exactly as it is written, capitals and all. It stands below each image.',
  username: 'User name',
  find: 'Find',
  namesMet: 'Met before',
  noNames: 'Names of those whose images you see or keep are offered here.',
  allCollections: 'Collections of all users',
  userView: (name: string): string => `${name}, user of AstroBin`,
  userOrigin: (name: string): string => `images of ${name}`,
  noUserTitle: (name: string): string => `AstroBin has no user “${name}”`,
  noUserText:
    'The name has to be whole and exact, capitals and all. Nothing else was changed; an image’s own author is always named exactly.',
  otherName: 'Look for another name',
  imageCount: (count: number): string => formatPlural(count, 'image', 'images'),
  followers: (count: number): string => formatPlural(count, 'follower', 'followers'),
  following: (count: number): string => `follows ${formatCount(count)}`,
  likes: (count: number): string => formatPlural(count, 'like', 'likes'),
  joined: (date: string): string => `since ${date}`,
  about: 'About',
  aboutNone: 'No words about themselves.',
  facts: {
    name: 'Name',
    job: 'Job',
    hobbies: 'Hobbies',
    language: 'Language',
    subscription: 'Subscription',
    joined: 'Joined',
    images: 'Images',
    followers: 'Followers',
    following: 'Following',
    likes: 'Likes received',
  },
  website: 'Website',
  userTabs: 'Of this user',
  imagesTab: 'Images',
  sitePage: 'On AstroBin',
  collectionsOf: (name: string | null): string =>
    name === null ? 'Collections' : `Collections of ${name}`,
  collectionsCount: (total: number): string => formatPlural(total, 'collection', 'collections'),
  collectionsLoaded: (total: number, loaded: number): string =>
    loaded < total
      ? `${formatPlural(total, 'collection', 'collections')}, ${formatCount(loaded)} loaded`
      : formatPlural(total, 'collection', 'collections'),
  collectionsEmpty: (name: string | null): string =>
    name === null ? 'AstroBin lists no collections' : `${name} has no collections`,
  collectionsEmptyText: 'AstroBin answered, and the list is empty.',
  collectionFallback: 'Collection',
  collectionName: (id: number): string => `Collection ${id}`,
  changed: (date: string): string => `changed ${date}`,
  collectionOrigin: (name: string): string => `the collection ${name}`,
  collectionEmptyTitle: 'This collection is empty',
  collectionEmptyText: 'AstroBin answered, and the collection holds no images.',
  noCollectionTitle: 'AstroBin has no such collection',
  noCollectionText: 'It may have been taken away. Nothing else was changed.',
  gallery: 'Images',
  inspector: 'Selected image',
  nothingSelected: 'Select an image to see how it was made and whose it is.',
  details:
    'Images are asked for as they come into view: one request each, where they were never seen.',
  tryAgain: 'Try again',
  partFailed: 'The rest could not be read.',
  author: 'Author',
  authorProfile: 'Profile and images',
} as const;

export const astrobinTroubleText = {
  keyTitle: 'AstroBin asks for a key of your own',
  keyText:
    'Astrophotographers from all over the world show their images there, and how they were made. The key is free; AstroBin gives it to its members for fair use. NASA Images, the PDS Registry, your library and what you kept of AstroBin work without one.',
  lostTitle: 'The AstroBin key has to be entered again',
  lostText:
    'It was kept by this computer’s keyring, which no longer gives it. Nothing else was lost: what you have kept still opens.',
  badTitle: 'AstroBin didn’t accept the key',
  badText:
    'What you’ve kept still opens; new searches don’t. A key that was withdrawn or mistyped is refused like this.',
  limitTitle: 'AstroBin’s limit for today is used up',
  limitText: (perDay: number): string =>
    `${formatPlural(perDay, 'request was', 'requests were')} made since midnight UTC, as many as Almagest allows itself here. What you have kept still opens, and everything else goes on.`,
  limitRenews: (time: string, left: string): string => `It goes on at ${time}, in ${left}.`,
  slowTitle: 'AstroBin asked us to slow down',
  offlineTitle: 'You’re offline',
  offlineText:
    'This needs the network. Your library opens as always, and downloads go on by themselves.',
  failedTitle: 'AstroBin didn’t answer',
  badAnswerTitle: 'AstroBin’s answer could not be read',
  refusedTitle: 'AstroBin refused this',
  failedOursTitle: 'This could not be done',
  failedMeaning: 'Nothing was lost.',
  enter: 'Enter the key…',
  enterAgain: 'Enter it again…',
  replace: 'Replace the key…',
  check: 'Check the key',
  where: 'Where to get one',
  terms: 'AstroBin’s terms',
  showKept: 'Show what is kept',
  budget: 'Archive settings',
  tryAgain: 'Try again',
  checkAgain: 'Check again',
  copyTitle: {
    key: 'No AstroBin key.',
    bad: 'AstroBin didn’t accept the key.',
    slow: 'AstroBin asked us to slow down.',
    limit: 'Today’s limit of AstroBin is used up.',
    offline: 'You’re offline.',
    failed: 'AstroBin didn’t answer.',
  },
  copyText: (age: string): string => `This is what was kept ${age}.`,
  copyDetails: 'Copy details',
  nextTry: (left: string): string => `Next try by itself in ${left}`,
} as const;

export const astrobinKeyText = {
  title: 'AstroBin key',
  dialogTitle: 'Enter the AstroBin key',
  dialogText:
    'AstroBin shows a key and a secret to members who ask for them. They are sent to AstroBin alone, and stand nowhere else: not in logs, exports or addresses.',
  key: 'API key',
  secret: 'API secret',
  guard: 'Keep them',
  keyring: 'In this computer’s keyring',
  keyringHint: 'Encrypted for your login on this computer.',
  session: 'Until Almagest is closed',
  sessionHint: 'Asked for again at the next start.',
  plainText: 'As plain text in your profile',
  plainHint: 'Whoever can read your files can read them.',
  noKeyring: 'This computer has no keyring that guards what it is given.',
  agree: 'Store them as plain text; I know that they can be read there',
  mustAgree: 'Nothing is stored as plain text until you agree.',
  missing: 'This is needed',
  noBlanks: 'There are no blanks in it. Copy it again from AstroBin’s page.',
  plainOnly: 'It has plain letters, digits and signs only. Copy it again from AstroBin’s page.',
  length: (shortest: number, longest: number): string =>
    `It has ${formatCount(shortest)} to ${formatCount(longest)} characters. Copy it again from AstroBin’s page.`,
  wrong: 'AstroBin didn’t accept these. Compare them with the page where you got them.',
  save: 'Save and check',
  checking: 'Asking AstroBin…',
  cancel: 'Cancel',
  accepted: 'AstroBin accepts the key.',
  refused: 'AstroBin didn’t accept the key. What you’ve kept still opens.',
  storedUnchecked: 'The key is stored. AstroBin could not be asked about it yet.',
  forgotten: 'The AstroBin key was forgotten on this computer.',
  forget: 'Forget',
  forgetTitle: 'Forget the AstroBin key?',
  forgetText:
    'Key and secret leave this computer and can’t be brought back from here; AstroBin’s page still shows them. What you have kept stays.',
  replace: 'Replace…',
  enter: 'Enter…',
  check: 'Check',
  state: {
    keyring: 'Stored in this computer’s keyring',
    'plain-text': 'Stored as plain text in your profile',
    session: 'Held until Almagest is closed',
    environment: 'Given to Almagest at its start',
    sample: 'The sample archive has its own',
    lost: 'The keyring no longer gives it',
    none: 'None yet',
  },
  access: {
    unchecked: 'Not checked yet',
    accepted: 'Accepted',
    'bad-key': 'Not accepted',
    'no-key': 'No key',
  },
  noKey: 'There is no AstroBin key to check.',
  budgetTitle: 'AstroBin budget',
  pace: 'Pace',
  paceText: (perDay: number, left: number): string =>
    `At most 1 request a second and ${formatCount(perDay)} a day. ${formatCount(left)} left today.`,
  paceUnknown:
    'At most 1 request a second. What is left for today isn’t known without the library.',
  fewer: 'Use fewer',
  aDay: 'a day',
  less: 'Fewer a day',
  more: 'More a day',
  fewerHint:
    'This can only be lowered. AstroBin gives keys for fair use; 500 a day is what Almagest allows itself.',
  fewerMistake: (most: number): string => `A whole number from 0 to ${formatCount(most)}.`,
  address: 'AstroBin',
} as const;
