import type { SqlType } from '../translation.ts';
import * as types from '../sqlTypes.ts';
import { aligned } from '../translate/alignment.ts';
import type { CallSite } from '../translate/context.ts';
import { atom, type Emitted } from '../translate/emitted.ts';

/** One function that only stands with OVER. */
export interface WindowRule {
  readonly least: number;
  readonly most: number;
  readonly emit: (site: CallSite, tail: string) => Emitted;
}

const ranking = (type: SqlType, most = 0): WindowRule => ({
  least: most,
  most,
  emit: (site, tail) => atom(`${site.call.name}(${site.args.map((one) => one.sql).join(', ')})${tail}`, type),
});

const ofRow = (least: number, most: number): WindowRule => ({
  least,
  most,
  emit: (site, tail) => {
    const [value, ...rest] = site.args;
    const args = [value, ...rest].map((one) => one?.sql ?? 'null').join(', ');
    return atom(`${site.call.name}(${args})${tail}`, value?.type ?? types.unknown);
  },
});

/** lag(x, 1, default): the default is brought to the type of x. */
const neighbour: WindowRule = {
  least: 1,
  most: 3,
  emit: (site, tail) => {
    const [value, offset, fallback] = site.args;
    if (value === undefined || fallback === undefined) return ofRow(1, 2).emit(site, tail);
    const spans = site.call.args.map((arg) => arg.span);
    const here = site.call.span;
    const { type, parts } = aligned(site.context, [
      { e: value, span: spans[0] ?? here },
      { e: fallback, span: spans[2] ?? here },
    ]);
    const args = [parts[0]?.sql, offset?.sql, parts[1]?.sql].map((one) => one ?? 'null').join(', ');
    return atom(`${site.call.name}(${args})${tail}`, type);
  },
};

/** Functions of a window, the same in SQLite and in every warehouse (SQL standard, 6.10). */
export const windowFunctions: Readonly<Record<string, WindowRule>> = {
  row_number: ranking(types.integer),
  rank: ranking(types.integer),
  dense_rank: ranking(types.integer),
  percent_rank: ranking(types.real),
  cume_dist: ranking(types.real),
  ntile: ranking(types.integer, 1),
  lag: neighbour,
  lead: neighbour,
  first_value: ofRow(1, 1),
  last_value: ofRow(1, 1),
  nth_value: ofRow(2, 2),
};
