import type { Dialect } from '../translation.ts';
import { aligned } from '../translate/alignment.ts';
import { condition } from '../translate/conditions.ts';
import type { CallSite } from '../translate/context.ts';
import { atom, type Emitted } from '../translate/emitted.ts';
import { sameCall, type FunctionRule, type FunctionTable } from './functionRule.ts';

function alignedArgs(site: CallSite, from = 0): ReturnType<typeof aligned> {
  const parts = site.args.map((e, i) => ({ e, span: site.call.args[i]?.span ?? site.call.span }));
  return aligned(site.context, parts.slice(from));
}

function coalesce(site: CallSite): Emitted {
  const { type, parts } = alignedArgs(site);
  if (parts.length === 1) return parts[0] ?? atom('null', type);
  return sameCall(site, type, parts, 'coalesce');
}

const coalescing = (dialects: readonly Dialect[]): FunctionRule => ({ least: 2, most: 2, dialects, emit: coalesce });

function nullIf(site: CallSite): Emitted {
  const { parts } = alignedArgs(site);
  return sameCall(site, site.args[0]?.type ?? { kind: 'unknown' }, parts);
}

/**
 * SQLite's max of several values is NULL when one of them is. Where the dialect steps over NULL, each value is
 * replaced by the first of the others that is there.
 */
function extreme(name: 'max' | 'min'): FunctionRule {
  return {
    least: 1,
    most: 20,
    emit: (site) => {
      const { type, parts } = alignedArgs(site);
      const list = parts.map((one) => one.sql);
      if (list.length === 1) return parts[0] ?? atom('null', type);
      if (!site.context.rules.greatestSkipsNull) return atom(`${name}(${list.join(', ')})`, type);
      const filled = list.map((one, i) => `coalesce(${[one, ...list.filter((_, j) => j !== i)].join(', ')})`);
      return atom(`${name}(${filled.join(', ')})`, type);
    },
  };
}

function choose(site: CallSite): Emitted {
  const test = site.call.args[0];
  const { type, parts } = alignedArgs(site, 1);
  const when = test === undefined ? 'null' : condition(site.context, test, site.scope).sql;
  const otherwise = parts[1] === undefined ? '' : ` else ${parts[1].sql}`;
  return atom(`case when ${when} then ${parts[0]?.sql ?? 'null'}${otherwise} end`, type);
}

/** Functions that choose one of their arguments. */
export const choiceFunctions: FunctionTable = {
  coalesce: { least: 1, most: 100, emit: coalesce },
  ifnull: coalescing(['duckdb', 'snowflake', 'bigquery', 'databricks', 'spark', 'clickhouse']),
  nvl: coalescing(['duckdb', 'snowflake', 'redshift', 'databricks', 'spark']),
  nullif: { least: 2, most: 2, emit: nullIf },
  greatest: extreme('max'),
  least: extreme('min'),
  if: {
    least: 2,
    most: 3,
    dialects: ['duckdb', 'bigquery', 'databricks', 'spark', 'trino', 'clickhouse'],
    emit: choose,
  },
  iff: { least: 3, most: 3, dialects: ['snowflake'], emit: choose },
};
