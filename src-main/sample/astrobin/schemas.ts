/**
 * Runs in plain Node, any thread; pure. What the service says of its resources at `/schema/`: their fields, and which of
 * them may be filtered and sorted by.
 */
import type { CellKind } from './lookups.ts';
import type { Row } from './rows.ts';

export const resourceNames = [
  'collection',
  'image',
  'imageoftheday',
  'imagerevision',
  'location',
  'toppick',
  'toppicknomination',
  'userprofile',
] as const;
export type ResourceName = (typeof resourceNames)[number];

type FieldType =
  | 'boolean'
  | 'integer'
  | 'string'
  | 'decimal'
  | 'date'
  | 'datetime'
  | 'list'
  | { relates: ResourceName; isMany: boolean };

interface Field {
  type: FieldType;
  /** Of the model, not worked out when it is asked for: the framework tells them apart in its refusals. */
  isStored: boolean;
  isNullable: boolean;
}

export interface Schema {
  fields: Readonly<Record<string, Field>>;
  /** Allowed in filters: 2 with relations, else 1. */
  filtering: Readonly<Record<string, number>>;
  ordering: readonly string[];
  /** How what is filtered by compares. */
  kinds: Readonly<Record<string, CellKind>>;
}

const fieldsOf = (type: FieldType, isStored: boolean, names: string, isNullable = false) =>
  names.split(' ').map((name) => [name, { type, isStored, isNullable }] as const);

const many = (relates: ResourceName): FieldType => ({ relates, isMany: true });
const one = (relates: ResourceName): FieldType => ({ relates, isMany: false });

const uri = fieldsOf('string', false, 'resource_uri');
const solved = [
  ...fieldsOf('boolean', false, 'is_solved'),
  ...fieldsOf('decimal', false, 'ra dec pixscale orientation radius'),
  ...fieldsOf(
    'string',
    false,
    'solution_status url_solution url_skyplot url_advanced_solution url_advanced_skyplot url_advanced_skyplot_small',
  ),
];
const thumbs = fieldsOf(
  'string',
  false,
  'url_thumb url_gallery url_regular url_hd url_real url_duckduckgo url_duckduckgo_small url_histogram',
);
const none = { filtering: {}, ordering: [], kinds: {} };

const picked: Schema = {
  ...none,
  fields: Object.fromEntries([
    ...fieldsOf(one('image'), true, 'image'),
    ...fieldsOf('date', false, 'date', true),
    ...uri,
  ]),
};

export const schemas: Readonly<Record<ResourceName, Schema>> = {
  image: {
    fields: Object.fromEntries([
      ...uri,
      ...solved,
      ...thumbs,
      ...fieldsOf('boolean', true, 'animated is_final'),
      ...fieldsOf('integer', false, 'bookmarks comments likes views'),
      ...fieldsOf('string', true, 'data_source remote_source link link_to_fits hash', true),
      ...fieldsOf('string', true, 'title license'),
      ...fieldsOf('string', false, 'license_name user'),
      ...fieldsOf('string', true, 'description'),
      ...fieldsOf('integer', true, 'id w h'),
      ...fieldsOf('list', false, 'imaging_cameras imaging_telescopes subjects'),
      ...fieldsOf(many('location'), true, 'locations'),
      ...fieldsOf(many('imagerevision'), true, 'revisions'),
      ...fieldsOf('date', true, 'published', true),
      ...fieldsOf('date', true, 'updated uploaded'),
    ]),
    filtering: {
      ...{ title: 1, description: 1, is_solved: 1, user: 2, uploaded: 1, published: 1 },
      ...{
        imaging_telescopes: 1,
        imaging_cameras: 1,
        w: 1,
        h: 1,
        data_source: 1,
        remote_source: 1,
      },
    },
    ordering: ['published', 'uploaded', 'title'],
    kinds: {
      ...{ title: 'text', description: 'text', data_source: 'text', remote_source: 'text' },
      ...{ w: 'number', h: 'number', uploaded: 'moment', published: 'moment' },
    },
  },
  imagerevision: {
    ...none,
    fields: Object.fromEntries([
      ...uri,
      ...solved,
      ...thumbs,
      ...fieldsOf('string', false, 'url_regular_sharpened url_hd_sharpened'),
      ...fieldsOf(one('image'), true, 'image'),
      ...fieldsOf('string', true, 'description label title'),
      ...fieldsOf('integer', true, 'id w h'),
      ...fieldsOf('boolean', true, 'is_final'),
      ...fieldsOf('datetime', true, 'uploaded'),
    ]),
  },
  imageoftheday: {
    ...none,
    fields: Object.fromEntries([
      ...uri,
      ...fieldsOf(one('image'), true, 'image'),
      ...fieldsOf(one('image'), true, 'runnerup_1 runnerup_2', true),
      ...fieldsOf('date', true, 'date'),
    ]),
  },
  toppick: picked,
  toppicknomination: picked,
  collection: {
    fields: Object.fromEntries([
      ...uri,
      ...fieldsOf('date', true, 'date_created date_updated'),
      ...fieldsOf('string', true, 'description name cover_thumbnail square_cropping'),
      ...fieldsOf('string', false, 'user'),
      ...fieldsOf('integer', true, 'id'),
      ...fieldsOf(many('image'), true, 'images'),
    ]),
    filtering: { name: 1, description: 1 },
    ordering: ['-date_created'],
    kinds: { name: 'text', description: 'text' },
  },
  location: {
    ...none,
    fields: Object.fromEntries([
      ...uri,
      ...fieldsOf('string', true, 'name city state country'),
      ...fieldsOf('integer', true, 'altitude', true),
    ]),
  },
  userprofile: {
    filtering: {},
    ordering: ['-date_joined'],
    kinds: {},
    fields: Object.fromEntries([
      ...uri,
      ...fieldsOf(
        'string',
        true,
        'about avatar banned_from_competitions delete_reason delete_reason_other hobbies job language real_name referral_code website',
        true,
      ),
      ...fieldsOf('string', false, 'username timezone premium_subscription'),
      ...fieldsOf(
        'boolean',
        true,
        'allow_astronomy_ads allow_retailer_integration display_wip_images_on_public_gallery plate_solution_overlay_on_full_disabled',
      ),
      ...fieldsOf('integer', true, 'id astrobin_index_bonus post_count'),
      ...fieldsOf(
        'integer',
        false,
        'followers_count following_count image_count received_likes_count total_notifications_count unread_notifications_count',
      ),
      ...fieldsOf('datetime', false, 'date_joined last_login', true),
      ...fieldsOf(
        'datetime',
        true,
        'last_seen updated never_activated_account_reminder_sent',
        true,
      ),
      ...fieldsOf('date', false, 'premium_subscription_expiration', true),
    ]),
  },
};

const helps: Readonly<Record<Exclude<FieldType, object>, string>> = {
  boolean: 'True or False.',
  integer: 'A whole number.',
  string: 'Text.',
  decimal: 'A number with decimals, as text.',
  date: 'A date.',
  datetime: 'A date and a time.',
  list: 'A list of values.',
};

function fieldRow(name: string, { type, isNullable }: Field): Row {
  const isKey = name === 'id';
  const related =
    typeof type === 'object'
      ? {
          related_schema: `/api/v1/${type.relates}/schema/`,
          related_type: type.isMany ? 'to_many' : 'to_one',
        }
      : {};
  return {
    ...related,
    blank: isKey,
    default: isKey
      ? ''
      : type === 'boolean' && name !== 'is_solved'
        ? false
        : 'No default provided.',
    help_text: typeof type === 'object' ? 'Addresses of other resources.' : helps[type],
    nullable: isNullable,
    primary_key: isKey,
    readonly: name === 'resource_uri',
    type: typeof type === 'object' ? 'related' : type,
    unique: isKey,
    verbose_name: isKey ? 'ID' : name.replaceAll('_', ' '),
  };
}

/** The answer at `/schema/`. */
export function schemaRow(resource: ResourceName): Row {
  const { fields, filtering, ordering } = schemas[resource];
  const isEmpty = Object.keys(filtering).length === 0;
  return {
    allowed_detail_http_methods: ['get'],
    allowed_list_http_methods: ['get'],
    default_format: 'application/json',
    default_limit: 20,
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, field]) => [name, fieldRow(name, field)]),
    ),
    ...(isEmpty ? {} : { filtering }),
    ...(ordering.length === 0 ? {} : { ordering }),
  };
}
