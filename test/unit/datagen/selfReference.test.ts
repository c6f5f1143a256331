import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planGeneration } from '../../../src/core/datagen/planGeneration.ts';
import { generateTexts } from '../../sample/generateInMemory.ts';
import { parseRows } from '../../sample/independentModels.ts';
import { tablesFromYaml } from '../../sample/sampleTables.ts';

const to = (table: string, field = 'id'): string =>
  `{relationships: {arguments: {to: "source('hr', '${table}')", field: ${field}}}}`;

interface Column {
  readonly tests?: string;
  readonly hints?: string;
  readonly more?: string;
}

/** Employees with a manager who is one of them. */
function employees({ tests = '', hints = '', more = '' }: Column = {}): string {
  return `
sources:
  - name: hr
    tables:
      - name: employees
        columns:
          - {name: id, data_type: integer, data_tests: [unique, not_null]}
          - {name: is_lead, data_type: boolean, config: {meta: {modelyard: {weights: {"true": 1, "false": 4}}}}}
          - name: manager_id
            data_type: integer
            data_tests: [${tests}${to('employees')}]
            config: {meta: {modelyard: {${hints}}}}
${more}`;
}

type Row = Readonly<Record<string, string>>;

async function rowsOf(yaml: string, table = 'employees', rows = 500): Promise<readonly Row[]> {
  const texts = await generateTexts(tablesFromYaml(yaml), { seed: 4, rows });
  return parseRows(texts.get(`data/${table}.csv`) ?? '');
}

/** Places of the managers; -1 where there is none. Fails when a manager does not come before. */
function managers(rows: readonly Row[]): readonly number[] {
  const places = new Map(rows.map((row, place) => [row['id'] ?? '', place]));
  return rows.map((row, place) => {
    const manager = row['manager_id'] ?? '';
    if (manager === '') return -1;
    const found = places.get(manager) ?? Infinity;
    assert.ok(found < place, `${String(found)} comes before ${String(place)}`);
    return found;
  });
}

function refusals(yaml: string): readonly string[] {
  const { value, diagnostics } = planGeneration(tablesFromYaml(yaml), { seed: 1, rows: 50 });
  assert.equal(value === undefined, diagnostics.length > 0);
  return diagnostics.map(({ message }) => message);
}

test('rows refer to rows before them, the first to none', async () => {
  const found = managers(await rowsOf(employees()));
  assert.equal(found[0], -1);
  assert.ok(found.slice(1).every((place) => place >= 0));
  assert.ok(new Set(found).size > 200, 'and not all to the same');
});

test('a null_rate leaves more of them without', async () => {
  const without = managers(await rowsOf(employees({ hints: 'null_rate: 0.4' }))).filter((place) => place < 0).length;
  assert.ok(without > 150 && without < 250, String(without));
});

test('a condition holds for the rows that are referred to', async () => {
  const rows = await rowsOf(employees({ hints: 'where: is_lead' }));
  const found = managers(rows);
  assert.ok(found.every((place) => place < 0 || rows[place]?.['is_lead'] === 'TRUE'));
  const firstLead = rows.findIndex((row) => row['is_lead'] === 'TRUE');
  assert.ok(found.every((place, row) => place < 0 === row <= firstLead));
});

test('one to one is a chain: no row is referred to twice', async () => {
  const found = managers(await rowsOf(employees({ hints: 'one_to_one: true, null_rate: 0.1' })));
  assert.ok(found.every((place, row) => place === -1 || place === row - 1));
  assert.ok(found.filter((place) => place === -1).length > 20);
  assert.deepEqual(managers(await rowsOf(employees({ tests: 'unique, ' }))).slice(0, 3), [-1, 0, 1]);
});

test('what a reference to the own table cannot keep is refused with the reason', () => {
  assert.deepEqual(refusals(employees({ tests: 'not_null, ' })), [
    'employees.manager_id: it may not be empty, but it refers to rows of its own table, and the first row has none before it to refer to.',
  ]);
  assert.deepEqual(refusals(employees({ hints: 'fan_out: {max: 2}' })), [
    'employees.manager_id: fan_out does not go with a reference to the own table.',
  ]);
  assert.deepEqual(refusals(employees({ hints: 'one_to_one: true, where: is_lead' })), [
    'employees.manager_id: where does not go with a one-to-one reference to the own table: each row refers to the one before.',
  ]);
});

const teams = (leadOf: string, keyHints: string): string => `
      - name: teams
        columns:
          - {name: id, data_type: integer, data_tests: [unique, not_null]}
          - {name: code, data_type: integer, config: {meta: {modelyard: {${keyHints}}}}}
          - {name: lead_id, data_type: integer, data_tests: [not_null, ${to('employees', leadOf)}]}
`;

test('two tables may refer to each other', async () => {
  const more = `          - {name: team_id, data_type: integer, data_tests: [not_null, ${to('teams')}]}\n${teams('id', 'min: 1')}`;
  const yaml = employees({ more });
  const values = async (table: string, column: string): Promise<readonly string[]> =>
    (await rowsOf(yaml, table)).map((row) => row[column] ?? '');
  const [teamIds, employeeIds] = [new Set(await values('teams', 'id')), new Set(await values('employees', 'id'))];
  assert.ok((await values('employees', 'team_id')).every((id) => teamIds.has(id)));
  assert.ok((await values('teams', 'lead_id')).every((id) => employeeIds.has(id)));
});

test('tables whose values come from each other are refused with the way round', () => {
  const more = `          - {name: team_code, data_type: integer, data_tests: [${to('teams', 'code')}]}\n${teams('id', 'equals: employees.team_code')}`;
  assert.deepEqual(refusals(employees({ more })), [
    'These columns wait for each other, so none can be made first: employees.team_code -> teams.code -> employees.team_code.',
  ]);
});
