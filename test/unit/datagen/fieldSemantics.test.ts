import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldSemantics, semanticsIn, semanticsOf } from '../../../src/core/datagen/fieldSemantics.ts';
import { singular, snakeCase, tableStem } from '../../../src/core/datagen/nameForms.ts';
import { numbered, phraseOf } from '../../../src/core/datagen/phrase.ts';
import { generateTexts } from '../../sample/generateInMemory.ts';
import { parseRows } from '../../sample/independentModels.ts';
import { tablesFromYaml } from '../../sample/sampleTables.ts';

/** Rows of one table whose columns are given as `name` or `name: type`, with tests behind a bar: `email | unique`. */
async function rowsOf(table: string, columns: readonly string[], rows = 300): Promise<Record<string, string>[]> {
  const lines = columns.map((column) => {
    const [head = '', tests = ''] = column.split('|').map((part) => part.trim());
    const [name = '', type] = head.split(': ');
    const dataType = type === undefined ? '' : `, data_type: "${type}"`;
    return `          - {name: ${name}${dataType}, data_tests: [${tests}]}\n`;
  });
  const yaml = `sources:\n  - name: raw\n    tables:\n      - name: ${table}\n        columns:\n${lines.join('')}`;
  const texts = await generateTexts(tablesFromYaml(yaml), { seed: 7, rows });
  return parseRows(texts.get(`data/${table}.csv`) ?? '');
}

async function check(table: string, column: string, form: RegExp, rows = 300): Promise<string[]> {
  const name = column.split(/[:|]/)[0]?.trim() ?? '';
  const values = (await rowsOf(table, [column], rows)).map((row) => row[name] ?? '');
  assert.equal(values.length, rows);
  const stray = values.find((value) => !form.test(value));
  assert.equal(stray, undefined, `${table}.${column}`);
  return values;
}

test('values look as the names of their columns promise', async () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['uuid', /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/],
    ['session_id: varchar', /^[0-9a-f]{8}-/],
    ['contact_email', /^[a-z]+\.[a-z]+\d{4}@example\.(com|net|org)$/],
    ['first_name', /^[A-Z][a-z]+$/],
    ['customer_name', /^[A-Z][a-z]+ [A-Z][a-z]+$/],
    ['username', /^[a-z]+_[a-z]+\d{4}$/],
    ['phone_number', /^\+1-\d{3}-555-01\d\d$/],
    ['billing_country_code', /^[A-Z]{2}$/],
    ['country', /^[A-Z][A-Za-z ]+$/],
    ['postal_code', /^[1-9]\d{4}$/],
    ['zip: integer', /^[1-9]\d{4}$/],
    ['street_address', /^[1-9]\d [A-Z][a-z]+ [A-Z][a-z]+$/],
    ['company', /^\w+ \w+ \w+$/],
    ['website', /^https:\/\/www\.example\.com\//],
    ['currency', /^[A-Z]{3}$/],
    ['language', /^[a-z]{2}$/],
    ['order_status', /^[a-z]+$/],
    ['unit_price', /^[1-9]\d*\.\d\d$/],
    ['price: integer', /^[1-9]\d*$/],
    ['quantity', /^([1-9]|10)$/],
    ['tax_rate', /^[01]\.\d{4}$/],
    ['discount_percentage', /^\d{1,3}\.\d\d$/],
    ['age', /^(1[89]|[2-8]\d|90)$/],
    ['isActive', /^(TRUE|FALSE)$/],
    ['is_active: integer', /^[01]$/],
    ['createdAt', /^2024-\d\d-\d\d \d\d:\d\d:\d\d\+00:00$/],
    ['updated', /^2024-\d\d-\d\d \d\d:/],
    ['shipped_on', /^2024-\d\d-\d\d$/],
    ['date_of_birth', /^(19[4-9]|200)\d-\d\d-\d\d$/],
    ['description', /^[A-Z][a-z]+( [a-z]+){4,}$/],
    ['title', /^[A-Z][a-z]+ [A-Z][a-z]+$/],
    ['zq', /^[a-z]{8}$/],
  ];
  for (const [column, form] of cases) await check('things', column, form);
});

test('a plain name is that of what the table holds', async () => {
  await check('raw_customers', 'name', /^[A-Z][a-z]+ [A-Z][a-z]+$/);
  assert.ok((await check('cities', 'name', /^[A-Z]/)).includes('Berlin'));
  assert.ok((await check('currencies', 'code', /^[A-Z]{3}$/)).includes('EUR'));
  assert.notEqual(semanticsIn('customers', 'name'), semanticsIn('products', 'name'));
});

test('unique texts get a number where the words do not suffice', async () => {
  const emails = await check('users', 'email | unique', /@example\.(com|net|org)$/, 2000);
  assert.equal(new Set(emails).size, 2000);
  const names = await check('products', 'name | unique', /^[A-Z][a-z]+ [A-Z][a-z]+-\d+$/, 2000);
  assert.equal(new Set(names).size, 2000);
  const few = await check('products', 'name | unique', /^[A-Z][a-z]+ [A-Z][a-z]+$/, 500);
  assert.equal(new Set(few).size, 500);
});

test('declared types, data tests and hints go before names', async () => {
  await check('things', 'email: integer', /^\d+$/);
  await check('things', 'status: boolean', /^(TRUE|FALSE)$/);
  await check('things', 'status | {accepted_values: {arguments: {values: [open, shut]}}}', /^(open|shut)$/);
  await check('things', 'price: date', /^2024-\d\d-\d\d$/);
});

test('most prices are small, and some are not', async () => {
  const prices = (await check('things', 'price', /\.\d\d$/, 2000)).map(Number);
  const median = prices.toSorted((a, b) => a - b)[1000] ?? 0;
  assert.ok(median > 22 && median < 28, String(median));
  assert.ok(Math.max(...prices) > 150 && Math.min(...prices) >= 1);
});

test('every word of every meaning can stand in a CSV without quotes, and phrases can be counted', () => {
  for (const { values } of fieldSemantics) {
    for (const one of values) {
      if (one.kind !== 'phrase') continue;
      const { parts, size } = phraseOf(one);
      assert.ok(size > 0 && size <= 2 ** 52);
      for (const part of parts) {
        assert.equal(new Set(part).size, part.length, part.join());
        assert.ok(part.every((word) => !/[",\r\n]/.test(word)));
      }
    }
  }
  assert.equal(numbered({ parts: [['a', 'b']], size: 2 }, 201).size, 2000);
});

test('names are read in any case, with the layer of a table left out, and in the singular', () => {
  assert.deepEqual(['createdAt', 'Created At', 'CREATED_AT', 'userID'].map(snakeCase), [
    'created_at',
    'created_at',
    'created_at',
    'user_id',
  ]);
  assert.deepEqual(['raw_customers', 'stg_orders', 'sources'].map(tableStem), ['customers', 'orders', 'sources']);
  const plurals = [
    'orders',
    'categories',
    'boxes',
    'addresses',
    'people',
    'order_items',
    'status',
    'movies',
    'houses',
    'viruses',
  ];
  assert.deepEqual(plurals.map(singular), [
    'order',
    'category',
    'box',
    'address',
    'person',
    'order_item',
    'status',
    'movie',
    'house',
    'virus',
  ]);
});

test('columns of shops, payments, subscriptions and web traffic are more than random letters', () => {
  const names =
    'amount_refunded captured currency description failure_code failure_message is_refunded livemode receipt_email ' +
    'receipt_number _fivetran_synced account_balance delinquent shipping_name shipping_address_line_1 ' +
    'shipping_address_postal_code current_period_start trial_end canceled_at cancel_at_period_end days_until_due ' +
    'order_number fulfillment_status total_price total_discounts taxes_included processed_at cancel_reason ' +
    'referring_site landing_site_base_url browser_ip billing_address_province_code buyer_accepts_marketing token ' +
    'handle product_type vendor tags weight sku barcode requires_shipping stock_level duration_ms user_agent ' +
    'event_name session_id device os browser channel utm_source utm_medium campaign vat_rate unit_price age_group ' +
    'priority version job_title hired_on manager_id salary temperature file_name hash metadata';
  assert.deepEqual(
    names.split(' ').filter((name) => semanticsOf(name) === undefined),
    [],
  );
  const kinds = (list: string): readonly (string | undefined)[] =>
    list.split(' ').map((name) => semanticsOf(name)?.type.kind);
  assert.deepEqual(
    kinds('captured taxes_included buyer_accepts_marketing cancel_at_period_end'),
    new Array<string>(4).fill('boolean'),
  );
  assert.deepEqual(kinds('current_period_start trial_end _fivetran_synced'), new Array<string>(3).fill('timestamp'));
  assert.deepEqual(kinds('salary days_until_due stock_level duration_ms'), new Array<string>(4).fill('integer'));
  assert.deepEqual(kinds('amount_refunded total_discounts weight'), new Array<string>(3).fill('decimal'));
});
