import { likePostgres } from '../dialectRules.ts';
import * as types from '../sqlTypes.ts';
import { asReal, remainder } from '../translate/arithmetic.ts';
import type { CallSite } from '../translate/context.ts';
import { atom, binding, enclosed, isNull, raise, type Emitted } from '../translate/emitted.ts';
import { roundHalfAway } from '../translate/textChecks.ts';
import { numberArg, refuseArg, sameCall, wholeLiteral, type FunctionRule, type FunctionTable } from './functionRule.ts';

/** Decimals are rounded as decimals; a double's own digits decide for a double, as in SQLite. */
function round(site: CallSite): Emitted {
  const e = numberArg(site, 0);
  const digits = site.args.length === 1 ? 0 : wholeLiteral(site, 1);
  if (digits === undefined) return refuseArg(site, 1, 'digits that are no literal');
  if (isNull(e)) return atom('null', types.real);
  if (digits < 0) return refuseArg(site, 1, 'less than no digits');
  switch (e.type.kind) {
    case 'integer':
      return e;
    case 'decimal':
      return e.type.scale <= digits ? e : atom(roundHalfAway(enclosed(e), digits), types.decimal(digits, e.type.float));
    case 'real': {
      if (site.context.dialect !== 'duckdb')
        return refuseArg(site, 0, 'a floating point number', 'cast it to decimal first');
      return atom(`round(${e.sql}, ${String(digits)})`, types.real);
    }
    default:
      return refuseArg(site, 0, 'a number of an unknown type', 'cast it to decimal first');
  }
}

/** ceil, floor and trunc of a decimal: a whole number. */
function whole(name: 'ceil' | 'floor' | 'trunc'): FunctionRule {
  return {
    least: 1,
    most: 1,
    emit: (site) => {
      const e = numberArg(site, 0);
      const type = e.type.kind === 'decimal' ? types.decimal(0, e.type.float) : e.type;
      return sameCall(site, type, [e], name);
    },
  };
}

/** A function of doubles that has no answer for some of them: SQLite says NULL, warehouses stop. */
function partial(name: string): FunctionRule {
  return {
    least: 1,
    most: 1,
    emit: (site) => {
      const span = site.call.args[0]?.span ?? site.call.span;
      const x = asReal(site.context, numberArg(site, 0), span);
      const failure = raise(`'${name} has no answer for ' || ${enclosed(x)}`);
      const sql = `coalesce(${name}(${x.sql}), case when ${enclosed(x)} is not null then ${failure} end)`;
      return atom(sql, types.real);
    },
  };
}

const real = (name: string): FunctionRule => ({
  least: 1,
  most: 1,
  emit: (site) => {
    const span = site.call.args[0]?.span ?? site.call.span;
    return sameCall(site, types.real, [asReal(site.context, numberArg(site, 0), span)], name);
  },
});

const power: FunctionRule = {
  least: 2,
  most: 2,
  emit: (site) => sameCall(site, types.real, [numberArg(site, 0), numberArg(site, 1)], 'pow'),
};

function sign(site: CallSite): Emitted {
  const x = enclosed(numberArg(site, 0));
  return atom(`case when ${x} > 0 then 1 when ${x} < 0 then -1 when ${x} = 0 then 0 end`, types.integer);
}

function modulo(site: CallSite): Emitted {
  const { context, call } = site;
  const [left, right] = call.args;
  if (left === undefined || right === undefined) return atom('null', types.unknown);
  const operation = { kind: 'binary', op: '%', opSpan: call.nameSpan, left, right, span: call.span } as const;
  const made = remainder(context, operation, numberArg(site, 0), numberArg(site, 1));
  return { ...made, sql: enclosed(made), binds: binding.atom };
}

/** Functions of numbers. */
export const numberFunctions: FunctionTable = {
  round: { least: 1, most: 2, emit: round },
  abs: { least: 1, most: 1, emit: (site) => sameCall(site, numberArg(site, 0).type, [numberArg(site, 0)]) },
  ceil: whole('ceil'),
  ceiling: whole('ceil'),
  floor: whole('floor'),
  sqrt: partial('sqrt'),
  ln: partial('ln'),
  log10: partial('log10'),
  exp: real('exp'),
  sin: real('sin'),
  cos: real('cos'),
  tan: real('tan'),
  asin: partial('asin'),
  acos: partial('acos'),
  atan: real('atan'),
  atan2: { least: 2, most: 2, emit: (site) => sameCall(site, types.real, [numberArg(site, 0), numberArg(site, 1)]) },
  radians: real('radians'),
  degrees: real('degrees'),
  pi: { least: 0, most: 0, emit: (site) => sameCall(site, types.real) },
  trunc: { ...whole('trunc'), dialects: [...likePostgres, 'snowflake'] },
  power,
  pow: power,
  sign: { least: 1, most: 1, emit: sign },
  mod: { least: 2, most: 2, emit: modulo },
};
