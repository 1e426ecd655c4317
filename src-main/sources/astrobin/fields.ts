/**
 * Runs in plain Node. What each list of the service can be narrowed and sorted by. A name that it knows as a field but
 * doesn't filter by is refused (400); any other name is left out without a word, and everything is listed.
 */
import type { AstrobinResource } from '#contract/astrobin.ts';

/** What a filter's values are. `name`: one exact value, told apart by case. `numbers`: a list with commas. */
export type FilterKind = 'text' | 'moment' | 'integer' | 'name' | 'subject' | 'numbers';

const pictureAddresses = [
  ...['url_advanced_skyplot', 'url_advanced_skyplot_small', 'url_advanced_solution'],
  ...['url_duckduckgo', 'url_duckduckgo_small', 'url_gallery', 'url_hd', 'url_histogram'],
  ...['url_real', 'url_regular', 'url_skyplot', 'url_solution', 'url_thumb'],
];
const solutionFields = [
  'dec',
  'is_solved',
  'orientation',
  'pixscale',
  'ra',
  'radius',
  'solution_status',
];
const pick = ['date', 'image', 'resource_uri'];

export interface ListFields {
  /** Filters by name; those of kind text, moment and integer take a lookup after two underscores. */
  filters: Readonly<Record<string, FilterKind>>;
  /** Fields by which a list can be sorted, with "-" before them for the other way round. */
  order: readonly string[];
  /** Every field of a row. */
  known: ReadonlySet<string>;
}

export const listFields: Readonly<Record<AstrobinResource, ListFields>> = {
  image: {
    filters: {
      title: 'text',
      description: 'text',
      data_source: 'text',
      remote_source: 'text',
      uploaded: 'moment',
      published: 'moment',
      w: 'integer',
      h: 'integer',
      user: 'name',
      subjects: 'subject',
      ids: 'numbers',
    },
    order: ['published', 'uploaded', 'title'],
    known: new Set([
      ...['animated', 'bookmarks', 'comments', 'data_source', 'description', 'h', 'hash', 'id'],
      ...['imaging_cameras', 'imaging_telescopes', 'is_final', 'license', 'license_name', 'likes'],
      ...['link', 'link_to_fits', 'locations', 'published', 'remote_source', 'resource_uri'],
      ...['revisions', 'subjects', 'title', 'updated', 'uploaded', 'user', 'views', 'w'],
      ...pictureAddresses,
      ...solutionFields,
    ]),
  },
  imagerevision: {
    filters: {},
    order: [],
    known: new Set([
      ...['description', 'h', 'id', 'image', 'is_final', 'label', 'resource_uri', 'title'],
      ...['uploaded', 'w', 'url_regular_sharpened', 'url_hd_sharpened'],
      ...pictureAddresses,
      ...solutionFields,
    ]),
  },
  imageoftheday: {
    filters: {},
    order: [],
    known: new Set([...pick, 'runnerup_1', 'runnerup_2']),
  },
  toppick: { filters: {}, order: [], known: new Set(pick) },
  toppicknomination: { filters: {}, order: [], known: new Set(pick) },
  collection: {
    filters: { user: 'name', name: 'text', description: 'text' },
    // The service lists "-date_created" as a field of that name, which there is none of: both ways are refused.
    order: [],
    known: new Set([
      ...['cover_thumbnail', 'date_created', 'date_updated', 'description', 'id', 'images'],
      ...['name', 'resource_uri', 'square_cropping', 'user'],
    ]),
  },
  userprofile: {
    filters: { username: 'name' },
    order: [],
    known: new Set([
      ...['about', 'allow_astronomy_ads', 'allow_retailer_integration', 'astrobin_index_bonus'],
      ...['avatar', 'banned_from_competitions', 'date_joined', 'delete_reason'],
      ...['delete_reason_other', 'display_wip_images_on_public_gallery', 'followers_count'],
      ...['following_count', 'hobbies', 'id', 'image_count', 'job', 'language', 'last_login'],
      ...['last_seen', 'never_activated_account_reminder_sent', 'post_count'],
      ...['plate_solution_overlay_on_full_disabled', 'premium_subscription'],
      ...['premium_subscription_expiration', 'real_name', 'received_likes_count'],
      ...['referral_code', 'resource_uri', 'timezone', 'total_notifications_count'],
      ...['unread_notifications_count', 'updated', 'username', 'website'],
    ]),
  },
  location: {
    filters: {},
    order: [],
    known: new Set(['altitude', 'city', 'country', 'name', 'resource_uri', 'state']),
  },
};
