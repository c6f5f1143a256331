import fs from 'node:fs';
import path from 'node:path';

/**
 * Writes a dbt project of so many models into a folder: a tenth read a seed, each of the others reads one to three of
 * those before it; every model has a description and two tests, all are tables, and macros, vars and loops are
 * used as real projects use them.
 */
export function writeManyModels(folder: string, models: number): void {
  const write = (file: string, text: string): void => {
    const at = path.join(folder, file);
    fs.mkdirSync(path.dirname(at), { recursive: true });
    fs.writeFileSync(at, text);
  };
  write('dbt_project.yml', projectText);
  write('profiles.yml', profilesText);
  write('macros/cents.sql', '{% macro cents(column) %}round({{ column }} / 100.0, 2){% endmacro %}\n');
  write(
    'seeds/events.csv',
    `id,kind,amount\n${Array.from({ length: 20 }, (_, n) => `${String(n)},k${String(n % 3)},${String(n * 10)}`).join('\n')}\n`,
  );
  const first = Math.max(1, Math.floor(models / 10));
  for (let n = 0; n < models; n += 1) {
    const area = `area_${String(n % 20)}`;
    write(`models/${area}/model_${String(n)}.sql`, n < first ? leafText(n) : innerText(n));
    write(`models/${area}/model_${String(n)}.yml`, propertiesText(n));
  }
}

/** The file of a model, to be edited. */
export function modelFile(n: number): string {
  return `models/area_${String(n % 20)}/model_${String(n)}.sql`;
}

const projectText = `name: many
version: '1.0'
profile: many
vars: {kinds: [k0, k1, k2]}
models:
  many:
    +materialized: table
    area_1: {+tags: [one]}
`;
const profilesText = `many:
  target: dev
  outputs:
    dev: {type: duckdb, path: warehouse.duckdb, schema: main, threads: 1}
`;

function leafText(n: number): string {
  return `{{ config(tags=['leaf']) }}
select id, kind, {{ cents('amount') }} as amount
from {{ ref('events') }}
where id % 7 <> ${String(n % 7)}
`;
}

function innerText(n: number): string {
  const parents = [...new Set([n - 1 - (n % 3), Math.floor(n / 2), Math.floor(n / 3)])].filter(
    (one) => one >= 0 && one < n,
  );
  const [head, ...others] = parents.map((one) => `model_${String(one)}`);
  return `with base as (select * from {{ ref('${head ?? ''}') }})
select
  id,
  {% for kind in var('kinds') %}sum(case when kind = '{{ kind }}' then amount else 0 end) as {{ kind }}{{ ',' }}
  {% endfor %}
  max(kind) as kind,
  sum(amount) as amount
from base
${others
  .map((one) => `where id in (select id from {{ ref('${one}') }})`)
  .slice(0, 1)
  .join('')}
group by id
`;
}

function propertiesText(n: number): string {
  return `version: 2
models:
  - name: model_${String(n)}
    description: Model number ${String(n)}
    columns:
      - name: id
        description: The key
        data_tests: [not_null]
      - name: amount
        data_tests:
          - not_null: {config: {severity: warn}}
`;
}
