import { likePostgres } from '../dialectRules.ts';
import * as types from '../sqlTypes.ts';
import type { CallSite } from '../translate/context.ts';
import { atom, binding, enclosed, operand, quote, raise, type Emitted } from '../translate/emitted.ts';
import { md5Function } from './engineFunctions.ts';
import { jsonParts } from './listItem.ts';
import {
  numberArg,
  refuseArg,
  sameCall,
  stringLiteral,
  textArg,
  wholeLiteral,
  type FunctionRule,
  type FunctionTable,
} from './functionRule.ts';

/** SQLite changes the case of ASCII letters only: other letters stop the query rather than pass unchanged. */
function letterCase(name: 'lower' | 'upper'): FunctionRule {
  return {
    least: 1,
    most: 1,
    emit: (site) => {
      const x = textArg(site, 0);
      const isAscii = `length(${x.sql}) = octet_length(${x.sql})`;
      const failure = raise(`'${name} of letters that are not ASCII: ' || ${enclosed(x)}`);
      return atom(
        `case when ${isAscii} then ${name}(${x.sql}) when ${enclosed(x)} is not null then ${failure} end`,
        types.text,
      );
    },
  };
}

function ofTexts(least: number, most: number, type = types.text, name?: string): FunctionRule {
  return {
    least,
    most,
    emit: (site) =>
      sameCall(
        site,
        type,
        site.args.map((_, i) => textArg(site, i)),
        name,
      ),
  };
}

function substring(site: CallSite): Emitted {
  const start = wholeLiteral(site, 1);
  const isPlain = site.context.dialect === 'duckdb' || (start !== undefined && start >= 1);
  if (!isPlain) return refuseArg(site, 1, 'a start that may be below 1');
  const length = wholeLiteral(site, 2);
  if (site.args.length === 3 && (length === undefined || length < 0)) {
    if (site.context.dialect !== 'duckdb' || length !== undefined) {
      return refuseArg(site, 2, 'a length that may be below 0');
    }
  }
  const numbers = site.args.map((_, i) => (i === 0 ? textArg(site, 0) : numberArg(site, i)));
  return sameCall(site, types.text, numbers, 'substr');
}

function left(site: CallSite): Emitted {
  const x = textArg(site, 0);
  const n = wholeLiteral(site, 1);
  if (n !== undefined && n >= 0) return atom(`substr(${x.sql}, 1, ${String(n)})`, types.text);
  const count = enclosed(numberArg(site, 1));
  const fromEnd = `max(length(${x.sql}) + ${count}, 0)`;
  return atom(`substr(${x.sql}, 1, case when ${count} >= 0 then ${count} else ${fromEnd} end)`, types.text);
}

function right(site: CallSite): Emitted {
  const x = textArg(site, 0);
  const n = wholeLiteral(site, 1);
  if (n !== undefined && n > 0) return atom(`substr(${x.sql}, -${String(n)})`, types.text);
  const count = enclosed(numberArg(site, 1));
  const branches = `when ${count} > 0 then substr(${x.sql}, -${count}) when ${count} = 0 then substr(${x.sql}, 1, 0)`;
  return atom(`case ${branches} when ${count} < 0 then substr(${x.sql}, 1 - ${count}) end`, types.text);
}

function pad(side: 'left' | 'right'): FunctionRule {
  return {
    least: 2,
    most: 3,
    emit: (site) => {
      const fill = site.args.length === 2 ? ' ' : stringLiteral(site, 2);
      if (fill === undefined || fill === '') return refuseArg(site, 2, 'a filling that is no literal');
      const x = enclosed(textArg(site, 0));
      const n = enclosed(numberArg(site, 1));
      const filling = `substr(replace(hex(zeroblob(max(${n}, 0))), '00', ${quote(fill)}), 1, ${n} - length(${x}))`;
      const longer = side === 'left' ? `${filling} || ${x}` : `${x} || ${filling}`;
      return atom(`case when length(${x}) >= ${n} then substr(${x}, 1, max(${n}, 0)) else ${longer} end`, types.text);
    },
  };
}

/** The n-th part of a text that is cut at a separator. */
function splitPart(site: CallSite): Emitted {
  const separator = stringLiteral(site, 1);
  const n = wholeLiteral(site, 2);
  const x = textArg(site, 0);
  const list = separator === undefined ? undefined : jsonParts(enclosed(x), separator);
  if (list === undefined) return refuseArg(site, 1, 'this separator', 'write it as a literal');
  if (n === undefined || n < 1) return refuseArg(site, 2, 'a part that is no literal from 1');
  const part = `coalesce(json_extract(${list}, '$[${String(n - 1)}]'), '')`;
  return atom(`case when ${enclosed(x)} is not null then ${part} end`, types.text);
}

function concat(site: CallSite): Emitted {
  const parts = site.args.map((_, i) => textArg(site, i));
  if (site.context.rules.concatSkipsNull) return sameCall(site, types.text, parts);
  return {
    sql: parts.map((one) => operand(one, binding.concat)).join(' || '),
    type: types.text,
    binds: binding.concat,
  };
}

/** Whether the one text begins, ends or is within the other, by comparing pieces: case and wildcards do not matter. */
function found(test: (x: string, part: string) => string): FunctionRule {
  return {
    least: 2,
    most: 2,
    dialects: ['duckdb', 'snowflake', 'databricks', 'spark', 'bigquery', 'postgres', 'trino'],
    emit: (site) => {
      const [x, part] = [textArg(site, 0), textArg(site, 1)];
      return { sql: test(x.sql, part.sql), type: types.boolean, binds: binding.equality };
    },
  };
}

const startsWith = found((x, part) => `substr(${x}, 1, length(${part})) = ${part}`);
const endsWith = found((x, part) => `substr(${x}, length(${x}) - length(${part}) + 1) = ${part}`);

/** Only some dialects take the characters to be trimmed as a second argument. */
const trimming: FunctionRule = {
  ...ofTexts(1, 2),
  emit: (site) => {
    const takesCharacters = [...likePostgres, 'snowflake', 'bigquery'].includes(site.context.dialect);
    if (site.args.length === 2 && !takesCharacters) return refuseArg(site, 1, 'characters to trim');
    return ofTexts(1, 2).emit(site);
  },
};

/** Functions of text. */
export const textFunctions: FunctionTable = {
  lower: letterCase('lower'),
  upper: letterCase('upper'),
  length: ofTexts(1, 1, types.integer),
  char_length: { ...ofTexts(1, 1, types.integer, 'length') },
  len: { ...ofTexts(1, 1, types.integer, 'length'), dialects: ['duckdb', 'snowflake', 'redshift'] },
  trim: trimming,
  ltrim: trimming,
  rtrim: trimming,
  btrim: { ...ofTexts(1, 2, types.text, 'trim'), dialects: likePostgres },
  replace: ofTexts(3, 3),
  substring: { least: 2, most: 3, emit: substring },
  substr: { least: 2, most: 3, emit: substring },
  left: { least: 2, most: 2, dialects: [...likePostgres, 'snowflake'], emit: left },
  right: { least: 2, most: 2, dialects: [...likePostgres, 'snowflake'], emit: right },
  lpad: pad('left'),
  rpad: pad('right'),
  split_part: { least: 3, most: 3, dialects: [...likePostgres, 'snowflake'], emit: splitPart },
  // BigQuery's and Trino's gives bytes.
  md5: { ...ofTexts(1, 1, types.text, md5Function), dialects: [...likePostgres, 'snowflake', 'databricks', 'spark'] },
  concat: { least: 1, most: 100, emit: concat },
  concat_ws: { ...ofTexts(2, 100), dialects: ['duckdb', 'postgres'] },
  strpos: { ...ofTexts(2, 2, types.integer, 'instr') },
  position: {
    least: 2,
    most: 2,
    emit: (site) => atom(`instr(${textArg(site, 1).sql}, ${textArg(site, 0).sql})`, types.integer),
  },
  instr: { ...ofTexts(2, 2, types.integer), dialects: ['duckdb', 'bigquery', 'databricks', 'spark'] },
  starts_with: startsWith,
  startswith: startsWith,
  prefix: { ...startsWith, dialects: ['duckdb'] },
  ends_with: endsWith,
  endswith: endsWith,
  suffix: { ...endsWith, dialects: ['duckdb'] },
  contains: { ...found((x, part) => `instr(${x}, ${part}) > 0`), dialects: ['duckdb', 'snowflake', 'databricks'] },
};
