/** Runs in plain Node, any thread; pure. Rows of users: their numbers agree with what the lists of their images give. */
import { likesOf } from './counts.ts';
import { userShare } from './people.ts';
import type { Row, RowMaker } from './rows.ts';
import { momentText } from './timeline.ts';

const firstNames = [
  'Ada',
  'Ben',
  'Chiara',
  'Dmitri',
  'Elena',
  'Farid',
  'Grace',
  'Henrik',
  'Ines',
  'Jonas',
];
const jobs = [null, null, 'Teacher', 'Engineer', 'Nurse', 'Retired', 'Student'];
const hobbies = [null, null, 'Hiking', 'Photography, cycling', 'Music', 'Woodwork'];
const languages = [null, 'en', 'it', 'de', 'fr', 'es'];
const abouts = [null, null, 'Imaging since 2009 & still learning.', 'I like [b]dark[/b] skies.'];
const subscriptions = [
  null,
  null,
  null,
  'AstroBin Lite',
  'AstroBin Premium',
  'AstroBin Ultimate 2020',
];

const pick = <T>(list: readonly T[], draw: number): T | undefined =>
  list[Math.floor(draw * list.length)];

/** The date of joining: before the first image, for those who have any. */
function joinedAt({ images }: RowMaker, user: number): number {
  const first = images.people.imagesOf(user)[0] ?? Math.floor(images.size / 2);
  const before = userShare(images.seed, user, 1) * 400 * 86_400_000_000;
  return images.timeline.uploadedAt(first) - Math.floor(before);
}

export function profileRow(maker: RowMaker, id: number): Row | null {
  const { images } = maker;
  const user = id - 1;
  if (!Number.isInteger(id) || user < 0 || user >= images.people.count) return null;
  const { people, timeline, seed } = images;
  const own = people.imagesOf(user);
  const draw = (what: number): number => userShare(seed, user, what);
  const joined = joinedAt(maker, user);
  const seen = timeline.uploadedAt(own.at(-1) ?? images.size - 1) + 86_400_000_000;
  const subscription = pick(subscriptions, draw(2)) ?? null;
  const isSilent = draw(3) < 0.3;
  return {
    about: pick(abouts, draw(4)) ?? null,
    allow_astronomy_ads: draw(5) < 0.8,
    allow_retailer_integration: draw(6) < 0.7,
    astrobin_index_bonus: null,
    avatar: `${maker.site()}/cdn/avatars/${id}.png`,
    banned_from_competitions: null,
    date_joined: momentText(joined),
    delete_reason: null,
    delete_reason_other: null,
    display_wip_images_on_public_gallery: null,
    followers_count: Math.floor(own.length * draw(7) * 4),
    following_count: Math.floor(draw(8) * 60),
    hobbies: pick(hobbies, draw(9)) ?? null,
    id,
    image_count: own.length,
    job: pick(jobs, draw(10)) ?? null,
    language: pick(languages, draw(11)) ?? null,
    last_login: isSilent ? null : momentText(seen - 3_600_000_001),
    last_seen: isSilent ? null : momentText(seen),
    never_activated_account_reminder_sent: null,
    plate_solution_overlay_on_full_disabled: null,
    post_count: Math.floor(draw(12) * 40),
    premium_subscription: subscription,
    premium_subscription_expiration: subscription === null ? null : '2027-03-01',
    real_name: draw(13) < 0.5 ? (pick(firstNames, draw(14)) ?? null) : '',
    received_likes_count: own.reduce((sum, image) => sum + likesOf(seed, image), 0),
    referral_code: null,
    resource_uri: `/api/v1/userprofile/${id}/`,
    timezone: 'Etc/GMT',
    total_notifications_count: Math.floor(draw(15) * 90),
    unread_notifications_count: Math.floor(draw(16) * 9),
    updated: momentText(seen),
    username: people.nameOf(user),
    website: draw(17) < 0.15 ? 'https://example.org/astro' : null,
  };
}
