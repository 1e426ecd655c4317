/** Runs in plain Node. Picks, users, collections and places as the domain has them. */
import type {
  AstrobinCollection,
  AstrobinPick,
  AstrobinPlace,
  AstrobinUser,
} from '#contract/astrobin.ts';
import { numberIn, userPage } from './addresses.ts';
import { readDescription } from './bbcode.ts';
import { toDay, toIsoMoment } from './dates.ts';
import { imageRefIn } from './map.ts';
import { addressOf, countOf, listOf, numberWithin, textOf, type WireObject } from './values.ts';

/** An image of the day, a top pick or a nomination; null without a date. */
export function toPick(row: WireObject): AstrobinPick | null {
  const stated = textOf(row['date'], 40) ?? '';
  // A day for images of the day, a moment for the others.
  const date = stated.length === 10 ? toDay(stated) : toIsoMoment(stated);
  if (date === null) return null;
  const runnersUp = [row['runnerup_1'], row['runnerup_2']].flatMap((uri) => imageRefIn(uri) ?? []);
  return { date, image: imageRefIn(row['image']), runnersUp };
}

/** A user; null without a number or a name. `base` is the service's address. */
export function toUser(row: WireObject, base: URL): AstrobinUser | null {
  const id = countOf(row['id']) ?? numberIn(row['resource_uri'], 'userprofile');
  const username = textOf(row['username'], 200);
  if (id === null || username === null) return null;
  return {
    id,
    username,
    realName: textOf(row['real_name'], 300),
    about: readDescription(textOf(row['about'], 100_000)),
    website: websiteOf(row['website'], base),
    job: textOf(row['job']),
    hobbies: textOf(row['hobbies']),
    language: textOf(row['language'], 20),
    avatarUrl: addressOf(row['avatar'], base),
    imageCount: countOf(row['image_count']),
    followers: countOf(row['followers_count']),
    following: countOf(row['following_count']),
    likes: countOf(row['received_likes_count']),
    joined: toIsoMoment(row['date_joined']),
    subscription: textOf(row['premium_subscription'], 200),
    page: userPage(username),
  };
}

/** People write their websites without a scheme, or with the old one. */
function websiteOf(value: unknown, base: URL): string | null {
  const text = textOf(value, 2000);
  if (text === null) return null;
  const upgraded = text.replace(/^http:\/\//i, 'https://');
  return addressOf(/^[a-z][a-z0-9+.-]*:/i.test(upgraded) ? upgraded : `https://${upgraded}`, base);
}

/** A collection; null without a number. */
export function toCollection(row: WireObject): AstrobinCollection | null {
  const id = countOf(row['id']) ?? numberIn(row['resource_uri'], 'collection');
  if (id === null) return null;
  return {
    id,
    name: textOf(row['name'], 500) ?? String(id),
    description: textOf(row['description'], 20_000),
    user: textOf(row['user'], 200),
    created: toDay(row['date_created']),
    updated: toDay(row['date_updated']),
    images: listOf(row['images']).flatMap((uri) => imageRefIn(uri) ?? []),
  };
}

/** A place; null without a number, which the service gives in its address alone. */
export function toPlace(row: WireObject): AstrobinPlace | null {
  const id = countOf(row['id']) ?? numberIn(row['resource_uri'], 'location');
  if (id === null) return null;
  const country = textOf(row['country'], 2)?.toUpperCase() ?? '';
  return {
    id,
    name: textOf(row['name'], 300) ?? String(id),
    city: textOf(row['city'], 300),
    state: textOf(row['state'], 300),
    country: /^[A-Z]{2}$/.test(country) ? country : null,
    altitude: numberWithin(row['altitude'], -1000, 10_000),
  };
}
