import { countryCodes } from './countryCodes.ts';
import type { ColumnType } from './columnType.ts';
import type { CurvedDistribution } from './distribution.ts';
import * as words from './fieldWords.ts';
import { namedGenerators } from './namedGenerators.ts';
import { singular, snakeCase, tableStem } from './nameForms.ts';
import { digits as digit, type PhraseTemplate } from './phrase.ts';

/** What a column's values look like when only its name says so: hints and data tests go before it. */
export type FieldValues =
  | PhraseTemplate
  | { readonly kind: 'pattern'; readonly pattern: string }
  /** Numbers in whole units: `price` from 1 to 2000, most of them near the distribution's middle. */
  | {
      readonly kind: 'numbers';
      readonly min: number;
      readonly max: number;
      readonly distribution?: CurvedDistribution;
    }
  /** Dates or times. */
  | { readonly kind: 'times'; readonly min: string; readonly max: string };

/** One meaning of column names. */
export interface FieldSemantics {
  /** Tried on the name in snake case. */
  readonly name: RegExp;
  /** The type of a column that declares none. */
  readonly type: ColumnType;
  /** Looks of its values; those that do not go with a declared type are left out. */
  readonly values: readonly FieldValues[];
}

const integer = { kind: 'integer' } as const;
const money = { kind: 'decimal', scale: 2 } as const;
const text = { kind: 'text' } as const;

function phrase(...parts: PhraseTemplate['parts']): readonly FieldValues[] {
  return [{ kind: 'phrase', parts }];
}

function numbers(min: number, max: number, distribution?: CurvedDistribution): readonly FieldValues[] {
  return [{ kind: 'numbers', min, max, ...(distribution === undefined ? {} : { distribution }) }];
}

function pattern(text: string): readonly FieldValues[] {
  return [{ kind: 'pattern', pattern: text }];
}

function lower(list: readonly string[]): readonly string[] {
  return list.map((word) => word.toLowerCase());
}

const uuid: readonly FieldValues[] = [namedGenerators.uuid];
const prices = numbers(1, 2000, { name: 'lognormal', median: 25, sigma: 0.9 });

/**
 * What column names mean, the first match first. Domains and telephone numbers are those set aside for examples
 * (RFC 2606; 555-01xx of the North American plan), so that no generated row points at anyone.
 */
export const fieldSemantics: readonly FieldSemantics[] = [
  { name: /^(uuid|guid)$|_(uuid|guid)$/, type: text, values: uuid },
  { name: /^id$|_id$/, type: integer, values: uuid },
  {
    name: /^(is|has|was|can|should|accepts|allows|requires)_|^(active|enabled|deleted|captured|paid|refunded|delinquent|livemode|tracked|taxable|archived|verified)$|_(flag|included|enabled|verified)$|(^|_)accepts_|^cancel_at_/,
    type: { kind: 'boolean' },
    values: numbers(0, 1),
  },
  { name: /(^|_)age_(group|range|band)$/, type: text, values: phrase(words.ageGroups) },
  {
    name: /(^|_)(birth_?date|date_of_birth|birthday|dob)$/,
    type: { kind: 'date' },
    values: [{ kind: 'times', min: '1945-01-01', max: '2005-12-31' }],
  },
  {
    name: /_(at|ts|time|timestamp|synced|start|end)$|^(timestamp|created|updated|modified|datetime)$/,
    type: { kind: 'timestamp' },
    values: [],
  },
  { name: /^(date|day)$|_(date|day|on)$/, type: { kind: 'date' }, values: [] },
  {
    name: /(^|_)e?mail(_address)?$/,
    type: text,
    values: phrase(lower(words.firstNames), '.', lower(words.lastNames), digit, digit, digit, digit, '@example.', [
      'com',
      'net',
      'org',
    ]),
  },
  { name: /^(first|given)_?name$|_first_name$/, type: text, values: phrase(words.firstNames) },
  { name: /^(last|family|sur)_?name$|_last_name$/, type: text, values: phrase(words.lastNames) },
  {
    name: /(^|_)(user|login|nick|screen)_?name$|^(login|handle)$/,
    type: text,
    values: phrase(lower(words.adjectives), '_', lower(words.nouns), digit, digit, digit, digit),
  },
  {
    name: /^(company|organi[sz]ation|employer|vendor|supplier|brand|manufacturer|merchant)(_name)?$|_company(_name)?$/,
    type: text,
    values: phrase(words.adjectives, ' ', words.nouns, ' ', words.companyKinds),
  },
  {
    name: /^(full|customer|user|player|person|employee|contact|account|owner|author|display|shipping|billing|recipient|cardholder)_?name$/,
    type: text,
    values: phrase(words.firstNames, ' ', words.lastNames),
  },
  {
    name: /(^|_)(phone|mobile|fax|telephone)(_number|_no)?$/,
    type: text,
    values: phrase('+1-', ['2', '3', '4', '6', '7', '8'], digit, digit, '-555-01', digit, digit),
  },
  { name: /(^|_)(province|state|region)_code$/, type: text, values: pattern('[A-Z]{2}') },
  { name: /(^|_)country_(code|iso\d?)$|^iso_country$/, type: text, values: phrase(countryCodes) },
  { name: /(^|_)country(_name)?$/, type: text, values: phrase(words.countries) },
  { name: /(^|_)(city|town)(_name)?$/, type: text, values: phrase(words.cities) },
  {
    name: /^((billing|home|shipping)_)?state$|(^|_)(province|region|territory)(_name)?$/,
    type: text,
    values: phrase(words.regions),
  },
  {
    name: /(^|_)(postal_?code|post_?code|zip(_?code)?)$/,
    type: text,
    values: [
      { kind: 'phrase', parts: [['1', '2', '3', '4', '5', '6', '7', '8', '9'], digit, digit, digit, digit] },
      ...numbers(10_000, 99_999),
    ],
  },
  {
    name: /(^|_)(ip|ip_address)$/,
    type: text,
    values: phrase('203.0.113.', ['1', '2', ''], digit),
  },
  {
    name: /(^|_)(street|address|address_line_?\d|street_address)$/,
    type: text,
    values: phrase(['1', '2', '3', '4', '5', '6', '7', '8', '9'], digit, ' ', words.streets, ' ', words.streetKinds),
  },
  {
    name: /(^|_)(url|uri|link|website|web_site|homepage|referrer|referer|referring_site)$/,
    type: text,
    values: phrase('https://www.example.com/', lower(words.adjectives), '-', lower(words.nouns), '/', digit, digit),
  },
  { name: /(^|_)currency(_code)?$/, type: text, values: phrase(words.currencyCodes) },
  { name: /(^|_)(language|locale|lang)(_code)?$/, type: text, values: phrase(words.languageCodes) },
  { name: /(^|_)time_?zone$/, type: text, values: phrase(words.timeZones) },
  { name: /(^|_)(gender|sex)$/, type: text, values: phrase(words.genders) },
  { name: /(^|_)colou?r$/, type: text, values: phrase(words.colors) },
  { name: /(^|_)(device|device_type)$/, type: text, values: phrase(words.devices) },
  { name: /^(os|operating_system|platform)$/, type: text, values: phrase(words.systems) },
  { name: /(^|_)browser$/, type: text, values: phrase(words.browsers) },
  { name: /(^|_)user_agent$/, type: text, values: phrase(words.userAgents) },
  { name: /^event(_name|_type)?$|^action$/, type: text, values: phrase(words.events) },
  { name: /^utm_medium$|^medium$/, type: text, values: phrase(words.trafficMediums) },
  { name: /^(utm_|traffic_)?(source|channel)(_name)?$/, type: text, values: phrase(words.trafficSources) },
  { name: /(^|_)campaign(_name)?$/, type: text, values: phrase(lower(words.adjectives), '_', lower(words.nouns)) },
  { name: /(^|_)(job_title|occupation|profession)$/, type: text, values: phrase(words.jobTitles) },
  { name: /(^|_)(priority|severity|urgency)$/, type: text, values: phrase(words.priorities) },
  { name: /(^|_)(reason|failure_code|error_code)$/, type: text, values: phrase(words.reasons) },
  { name: /(^|_)(scope|visibility)$/, type: text, values: phrase(words.scopes) },
  { name: /^(metadata|payload|properties|attributes)$|_(json|metadata)$/, type: text, values: phrase('{}') },
  {
    name: /^file_?name$|_file_?name$/,
    type: text,
    values: phrase(lower(words.adjectives), '_', lower(words.nouns), digit, digit, words.fileEndings),
  },
  { name: /(^|_)payment_(method|type)$/, type: text, values: phrase(words.paymentMethods) },
  { name: /(^|_)status$|_state$/, type: text, values: phrase(words.statuses) },
  { name: /^product_(type|category)$|^(tags?|labels?)$/, type: text, values: phrase(words.categories) },
  { name: /(^|_)(type|kind|tier|plan|segment)$/, type: text, values: phrase(words.types) },
  { name: /(^|_)(category|department|genre)(_name)?$/, type: text, values: phrase(words.categories) },
  { name: /(^|_)sku$/, type: text, values: pattern('[A-Z]{3}-[0-9]{5}') },
  { name: /(^|_)(barcode|ean|gtin|upc)$/, type: text, values: pattern('[0-9]{13}') },
  { name: /(^|_)(token|hash|checksum|fingerprint)$/, type: text, values: pattern('[0-9a-f]{32}') },
  { name: /(^|_)version$/, type: text, values: pattern('[1-9]\\.[0-9]\\.[0-9]') },
  {
    name: /(^|_)(order|invoice|receipt|ticket|reference|tracking|serial|document)_(number|no)$|^reference$/,
    type: text,
    values: [...pattern('[1-9][0-9]{7}'), ...numbers(10_000_000, 99_999_999)],
  },
  { name: /(^|_)(latitude|lat)$/, type: { kind: 'decimal', scale: 6 }, values: numbers(-60, 70) },
  { name: /(^|_)(longitude|lng|lon)$/, type: { kind: 'decimal', scale: 6 }, values: numbers(-180, 180) },
  { name: /(^|_)(percentage|percent|pct)$/, type: money, values: numbers(0, 100) },
  { name: /(^|_)(rate|ratio|share|probability)$/, type: { kind: 'decimal', scale: 4 }, values: numbers(0, 1) },
  {
    name: /(^|_)(salary|income)$/,
    type: integer,
    values: numbers(20_000, 200_000, { name: 'lognormal', median: 48_000, sigma: 0.4 }),
  },
  { name: /(^|_)temperature$/, type: { kind: 'decimal', scale: 1 }, values: numbers(-15, 40) },
  {
    name: /(^|_)(weight|height|width|length|depth)$|_(kg|cm|mm|km|lbs?|grams)$/,
    type: money,
    values: numbers(1, 200, { name: 'lognormal', median: 15, sigma: 0.8 }),
  },
  {
    name: /(^|_)duration(_|$)|_(ms|seconds|minutes|hours)$/,
    type: integer,
    values: numbers(1, 3600, { name: 'lognormal', median: 120, sigma: 1 }),
  },
  { name: /_days$|^days_/, type: integer, values: numbers(1, 60) },
  { name: /(^|_)(stock|stock_level|inventory|on_hand)$/, type: integer, values: numbers(0, 500) },
  { name: /(^|_)points$/, type: integer, values: numbers(0, 100) },
  { name: /^age$|_age$/, type: integer, values: numbers(18, 90) },
  { name: /(^|_)(rating|stars)$/, type: integer, values: numbers(1, 5) },
  { name: /(^|_)year$/, type: integer, values: numbers(2015, 2024) },
  { name: /(^|_)month$/, type: integer, values: numbers(1, 12) },
  { name: /(^|_)(quantity|qty)$/, type: integer, values: numbers(1, 10) },
  { name: /(^|_)(count|num|number_of_\w+)$|^(num|n)_/, type: integer, values: numbers(0, 100) },
  { name: /_cents$/, type: integer, values: numbers(100, 200_000, { name: 'lognormal', median: 2500, sigma: 0.9 }) },
  {
    name: /(amount|price|cost|total|subtotal|revenue|fee|tax|discount|balance|payment|budget|discounts|refunded)$|^total_/,
    type: money,
    values: prices,
  },
  {
    name: /(^|_)(description|comment|comments|note|notes|message|body|bio|review|summary)$/,
    type: text,
    values: phrase(words.openings, ' the ', lower(words.adjectives), ' ', lower(words.nouns), ' ', words.endings),
  },
  {
    name: /(^|_)(title|subject|headline|name|label)$/,
    type: text,
    values: phrase(words.adjectives, ' ', words.nouns),
  },
];

/** The meaning of a column's name, in any case: `createdAt`, `CREATED_AT` and `created_at` are one. */
export function semanticsOf(column: string): FieldSemantics | undefined {
  const name = snakeCase(column);
  return fieldSemantics.find((one) => one.name.test(name));
}

/** The same, where a `name` or `code` alone is that of the table's rows: `customers.name` is a `customer_name`. */
export function semanticsIn(table: string, column: string): FieldSemantics | undefined {
  const name = snakeCase(column);
  const whose = name === 'name' || name === 'code' ? `${singular(tableStem(table))}_${name}` : name;
  return semanticsOf(whose);
}
