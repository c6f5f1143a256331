import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type LoadColumn } from '../../../src/core/run/sqlEngine.ts';
import { load } from './testEngine.ts';

interface Table {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).map((text) => text.replaceAll('\0', '0'));
const value = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'é', '😀', ';'), maxLength: 8 }),
  fc.constantFrom('', '0', '1', '-1', '007', '1.50', '2.0', '1e5', 'TRUE', 'false', '2024-01-10', '9007199254740993'),
  fc.constantFrom('2024-01-10 17:07:01+00:00', '2024-01-10T17:07:01Z', '2024-01-10 01:00:00+02:00', '-0', '-0.0'),
);

const tables: fc.Arbitrary<Table> = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.record({
    names: fc.uniqueArray(name, { minLength: width, maxLength: width, selector: (n) => n.trim().toLowerCase() }),
    rows: fc.array(fc.array(value, { minLength: width, maxLength: width }), { maxLength: 12 }),
  }),
);

/** Writes a table; a value is quoted where it must be, and now and then where it need not. */
function write({ names, rows }: Table, lineEnd: string, quoteAll: boolean): string {
  const field = (text: string): string =>
    quoteAll || text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return [names, ...rows].map((row) => row.map(field).join(',') + lineEnd).join('');
}

const usable = ({ names }: Table): boolean =>
  names.every((one) => one.trim() === one && one !== '') &&
  !(names.length === 1 && /[;|\t,]/.test(names[0] ?? '')) &&
  !names.some((one) => one.startsWith('\ufeff'));

test('a table of texts comes back as it was, in pieces of any size', async () => {
  await fc.assert(
    fc.asyncProperty(
      tables.filter(usable),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.boolean(),
      fc.integer({ min: 1, max: 40 }),
      async (table, lineEnd, quoteAll, size) => {
        const columns: LoadColumn[] = table.names.map((one) => ({ name: one, type: 'text' }));
        const { result, table: read } = await load(write(table, lineEnd, quoteAll), { columns, size });
        assert.deepEqual(result.faults, []);
        assert.deepEqual(read?.columns, table.names);
        assert.deepEqual(
          read.rows,
          table.rows.map((row) => row.map((text) => (text === '' ? null : text))),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('a column of undeclared type that is kept as text is kept to the letter', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(value, { minLength: 1, maxLength: 6 }),
      fc.array(value, { minLength: 1, maxLength: 6 }),
      async (usual, later) => {
        // The type is guessed from the first thousand rows; the later ones may prove it wrong.
        const values = [...Array.from({ length: 1000 }, (_, at) => usual[at % usual.length] ?? ''), ...later];
        const { result, table } = await load(
          write({ names: ['v', 'n'], rows: values.map((text) => [text, '0']) }, '\n', false),
        );
        assert.deepEqual(result.faults, []);
        if (result.columns[0]?.type !== 'text') return;
        assert.deepEqual(
          table?.rows.map((row) => row[0]),
          values.map((text) => (text === '' ? null : text)),
        );
      },
    ),
    { numRuns: 200 },
  );
});

test('decimals and integers come back as the numbers that they are', async () => {
  const decimal = fc
    .tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 5 }))
    .map(([digits, scale]) => (digits / 10 ** scale).toFixed(scale));
  const integer = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(decimal, integer), { minLength: 1, maxLength: 30 }), async (rows) => {
      const { table } = await load(write({ names: ['d', 'i'], rows }, '\n', false));
      for (const [at, [d, i]] of rows.entries()) {
        const [number, whole] = table?.rows[at] ?? [];
        assert.equal(Number(number), Number(d) + 0);
        assert.equal(String(whole), i);
      }
    }),
    { numRuns: 200 },
  );
});
