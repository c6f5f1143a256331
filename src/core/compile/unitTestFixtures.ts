import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { FixtureFile } from '../project/fixtureFiles.ts';
import { isWholeSeed } from '../project/fixtureFiles.ts';
import type {
  FixtureFormat,
  FixtureProperties,
  FixtureRow,
  GivenProperties,
  UnitTestProperties,
} from '../project/unitTestProperties.ts';
import { readFixtureCsv } from './fixtureCsv.ts';

/** A fixture whose rows are at hand: mappings, or the text of a query. */
export interface Fixture {
  readonly format: FixtureFormat;
  readonly rows: readonly FixtureRow[] | string;
  /** Name of the file that they come from. */
  readonly file: string | undefined;
}

/** What stands for one of the tables that the tested model reads. */
export interface GivenFixture extends Fixture {
  readonly input: string;
}

/** The rows that a unit test gives and expects, from its YAML and from files. */
export interface UnitTestFixtures {
  readonly given: readonly GivenFixture[];
  readonly expect: Fixture;
}

/** Finds the rows of a unit test (dbt-core: parser/unit_tests.py, _validate_and_normalize_rows). */
export function unitTestFixtures(
  properties: UnitTestProperties,
  files: readonly FixtureFile[],
): Outcome<UnitTestFixtures | undefined> {
  const diagnostics: Diagnostic[] = [];
  const fault = (detail: string): void => {
    diagnostics.push(diagnostic('compile.unitTestRows', { name: properties.name, detail }, properties));
  };
  const found = (one: FixtureProperties, what: string, seed: FixtureFile | undefined): Fixture | undefined => {
    const rows = rowsOf(one, files, seed);
    if (typeof rows !== 'object' || !('fault' in rows))
      return { format: one.format, rows: typeof rows === 'string' ? rows : withFullRowFirst(rows), file: one.fixture };
    fault(rows.fault.replace('ROWS', what));
    return undefined;
  };
  const given = properties.given.flatMap((one): GivenFixture[] => {
    const seed = isWholeSeed(one) ? seedOf(one, files) : undefined;
    if (isWholeSeed(one) && seed === undefined) fault(`there is no seed for ${one.input}, whose rows are left out`);
    const fixture = isWholeSeed(one) && seed === undefined ? undefined : found(one, 'input', seed);
    return fixture === undefined ? [] : [{ input: one.input, ...fixture }];
  });
  const expect = found(properties.expect, 'expected', undefined);
  const value = expect === undefined || diagnostics.length > 0 ? undefined : { given, expect };
  return { value, diagnostics };
}

function seedOf({ input }: GivenProperties, files: readonly FixtureFile[]): FixtureFile | undefined {
  const name = /^\s*ref\(\s*(?:(['"])[^'"]*\1\s*,\s*)?(['"])([^'"]*)\2/.exec(input)?.[3];
  return files.find((file) => file.kind === 'seed' && file.name === name);
}

function rowsOf(
  { format, rows, fixture }: FixtureProperties,
  files: readonly FixtureFile[],
  seed: FixtureFile | undefined,
): readonly FixtureRow[] | string | { readonly fault: string } {
  if (seed !== undefined) return readFixtureCsv(seed.text);
  if (format === 'dict')
    return isRows(rows) ? rows : { fault: 'its ROWS rows are no list, as the format dict has them' };
  if (fixture === undefined && typeof rows !== 'string')
    return { fault: `its ROWS rows are no text, as the format ${format} has them` };
  const file = files.find((one) => one.kind === 'fixture' && one.name === fixture && one.format === format);
  if (fixture !== undefined && file === undefined)
    return { fault: `there is no file ${fixture}.${format} in the folder fixtures of the tests` };
  const text = file?.text.trim() ?? (typeof rows === 'string' ? rows : '');
  if (format === 'sql') return text;
  return readFixtureCsv(text).map(
    (row) => new Map([...row].map(([name, value]) => [name, value === '' ? null : value])),
  );
}

function isRows(rows: FixtureProperties['rows']): rows is readonly FixtureRow[] {
  return rows !== undefined && typeof rows !== 'string';
}

/** The first row without a null changes places with the first row, so that it is what decides the columns' types. */
function withFullRowFirst(rows: readonly FixtureRow[]): readonly FixtureRow[] {
  const at = rows.findIndex((row) => [...row.values()].every((value) => value !== null));
  const [first, full] = [rows[0], rows[at]];
  if (first === undefined || full === undefined || at === 0) return rows;
  return rows.map((row, i) => (i === 0 ? full : i === at ? first : row));
}
