import { intoBounds, type UnitBounds } from './acceptedRange.ts';
import { daySeconds, parseTimestamp } from './calendar.ts';
import type { ColumnPlanner, ColumnTask, PlannedColumn } from './columnPlanner.ts';
import { columnType } from './columnType.ts';
import { hasValuesBetween, naturalBounds, zipfLimit, type Distribution } from './distribution.ts';
import { fieldPhrase } from './fieldGenerators.ts';
import { semanticsIn, type FieldValues } from './fieldSemantics.ts';
import type { CellFormat, ValueSource } from './generationPlan.ts';
import type { ColumnHints } from './hints.ts';
import { namedGenerator, namedGenerators } from './namedGenerators.ts';
import { parsePattern } from './pattern.ts';
import { numbered, phraseOf, type PhraseTemplate } from './phrase.ts';
import { acceptedUnits } from './planRange.ts';
import { seasonFits, seasonOf } from './planSeason.ts';

/** What is decided for a column that depends on no other. */
export type OwnValues = Pick<PlannedColumn, 'source' | 'format' | 'min' | 'max'>;

/** The times of a column that says nothing of them: the core knows no clock, so it is a year of its own. */
const defaultTimes = { min: '2024-01-01', max: '2024-12-31' } as const;
const defaultPattern = '[a-z]{8}';

export function planBoolean(planner: ColumnPlanner, task: ColumnTask): OwnValues | undefined {
  const accepted = task.column.acceptedValues?.map((value) => value.toLowerCase());
  const choices = weighChoices(planner, task, ['false', 'true'], (name) => name.toLowerCase());
  if (choices === undefined) return undefined;
  const weights = choices.map((weight, i) => (accepted?.includes(i === 1 ? 'true' : 'false') === false ? 0 : weight));
  if (!weights.some((weight) => weight > 0)) {
    const detail = 'no value that accepted_values allows has a weight above 0.';
    return planner.refuse(task, 'data.contradiction', { subject: task.subject, detail });
  }
  const source: ValueSource = { kind: 'choice', weights, atLeast: [] };
  return isDistinct(task)
    ? asDistinct(planner, task, { format: { kind: 'boolean' }, min: 0, max: 1 })
    : { source, format: { kind: 'boolean' }, min: 0, max: 1 };
}

/** Words from a list, or texts of a pattern. */
export function planText(planner: ColumnPlanner, task: ColumnTask): OwnValues | undefined {
  const { column, hints, subject } = task;
  const template = hints.generator === undefined ? undefined : fieldPhrase(hints.generator);
  if (template !== undefined) return planGenerated(planner, task, template);
  const named = hints.generator === undefined ? undefined : namedGenerator(hints.generator);
  const words =
    column.acceptedValues ??
    (named?.kind === 'words'
      ? named.words
      : hints.pattern === undefined && named === undefined
        ? weightNames(task)
        : undefined);
  const pattern = hints.pattern ?? (named?.kind === 'pattern' ? named.pattern : undefined);
  if (words !== undefined && pattern !== undefined) {
    const detail = 'a pattern does not go with a list of values.';
    return planner.refuse(task, 'data.contradiction', { subject, detail });
  }
  if (words !== undefined) return planWords(planner, task, words);
  if (pattern !== undefined) return planPattern(planner, task, pattern);
  return planNamedText(planner, task);
}

/** Texts as the column's name promises them, and else eight letters. */
function planNamedText(planner: ColumnPlanner, task: ColumnTask): OwnValues | undefined {
  const uuids = /^u(nique)?uid/i.test(task.column.dataType?.trim() ?? '') ? namedGenerators.uuid.pattern : undefined;
  const template = uuids === undefined ? namedValues(task, 'phrase') : undefined;
  if (template === undefined) {
    const pattern = uuids ?? namedValues(task, 'pattern')?.pattern ?? defaultPattern;
    return planPattern(planner, task, pattern);
  }
  return planPhrase(planner, task, template);
}

/** Texts of a generator that a hint names. */
function planGenerated(planner: ColumnPlanner, task: ColumnTask, template: PhraseTemplate): OwnValues | undefined {
  const { column, hints, subject } = task;
  const others = [
    hints.pattern === undefined ? [] : 'a pattern',
    hints.weights === undefined ? [] : 'weights',
    column.acceptedValues === undefined ? [] : 'a list of accepted values',
  ].flat();
  if (others[0] === undefined) return planPhrase(planner, task, template);
  const detail = `the generator "${hints.generator ?? ''}" does not go with ${others[0]}.`;
  return planner.refuse(task, 'data.contradiction', { subject, detail });
}

function planPhrase(planner: ColumnPlanner, task: ColumnTask, template: PhraseTemplate): OwnValues | undefined {
  const words = phraseOf(template);
  const phrase = isDistinct(task) && words.size < task.rows ? numbered(words, task.rows) : words;
  const range = { format: { kind: 'phrase', phrase } as const, min: 0, max: phrase.size - 1 };
  return isDistinct(task) ? asDistinct(planner, task, range) : asUniform(range);
}

/** The look that the column's name gives to values of a kind. */
function namedValues<K extends FieldValues['kind']>(
  { table, column }: ColumnTask,
  kind: K,
): Extract<FieldValues, { kind: K }> | undefined {
  const found = semanticsIn(table.name, column.name)?.values.find((one) => one.kind === kind);
  return found as Extract<FieldValues, { kind: K }> | undefined;
}

/** A number as JSON writes it (RFC 8259, section 6). */
const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

function planWords(planner: ColumnPlanner, task: ColumnTask, words: readonly string[]): OwnValues | undefined {
  const { subject, hints } = task;
  if (words.length === 0) {
    return planner.refuse(task, 'data.impossible', { subject, detail: 'its list of accepted values is empty.' });
  }
  const { kind } = columnType(task.column);
  const areNumbers = (kind === 'integer' || kind === 'decimal') && words.every((word) => jsonNumber.test(word));
  const range = { format: { kind: 'words', words, areNumbers } as const, min: 0, max: words.length - 1 };
  if (isDistinct(task)) {
    if (hints.weights === undefined) return asDistinct(planner, task, range);
    const detail = 'weights do not go with values that occur once each.';
    return planner.refuse(task, 'data.contradiction', { subject, detail });
  }
  const weights = weighChoices(planner, task, words, (name) => name);
  return weights === undefined ? undefined : { source: { kind: 'choice', weights, atLeast: [] }, ...range };
}

function planPattern(planner: ColumnPlanner, task: ColumnTask, text: string): OwnValues | undefined {
  const pattern = parsePattern(text);
  if (pattern === undefined) {
    const expected = 'a pattern of fixed length: characters, classes like [A-Z0-9], \\d, \\w and counts like {6}';
    return planner.refuse(task, 'data.badHint', { subject: task.subject, hint: 'pattern', expected });
  }
  if (task.hints.weights !== undefined) {
    const detail = 'weights do not go with a pattern.';
    return planner.refuse(task, 'data.contradiction', { subject: task.subject, detail });
  }
  const range = { format: { kind: 'pattern', pattern } as const, min: 0, max: pattern.size - 1 };
  return isDistinct(task) ? asDistinct(planner, task, range) : asUniform(range);
}

/** Whole numbers, and numbers with `scale` decimals as whole numbers of the smallest unit. */
export function planNumber(planner: ColumnPlanner, task: ColumnTask, scale: number): OwnValues | undefined {
  const { hints, subject } = task;
  const format: CellFormat = scale === 0 ? { kind: 'integer' } : { kind: 'decimal', scale };
  const bounded = hints.min !== undefined || hints.max !== undefined || hints.distribution !== undefined;
  const unit = 10 ** scale;
  const accepted = acceptedUnits(planner, task, format);
  if (accepted === undefined) return undefined;
  if (isDistinct(task) && scale === 0 && !bounded) {
    const first = Math.max(1, accepted.min ?? 1);
    const last = Math.max(first, first + task.rows - 1);
    if (last <= (accepted.max ?? Infinity)) {
      return { source: { kind: 'sequence', first }, format, min: first, max: last };
    }
  }
  const named = bounded || isDistinct(task) ? undefined : namedValues(task, 'numbers');
  const distribution: Distribution = hints.distribution ?? named?.distribution ?? { name: 'uniform' };
  const [low, high] = named === undefined ? naturalBounds(distribution) : [named.min, named.max];
  const asked = { min: numberBound(planner, task, 'min', low), max: numberBound(planner, task, 'max', high) };
  if (asked.min === undefined || asked.max === undefined) return undefined;
  const isMovable = distribution.name === 'uniform' || distribution.name === 'zipf';
  const { min, max } = spanOf(hints, asked.min, asked.max, isMovable ? high - low : undefined);
  const natural = { min: Math.ceil(min * unit - 1e-6), max: Math.floor(max * unit + 1e-6) };
  // Values that occur once each may need all that is accepted.
  const usual = isDistinct(task) && !bounded ? { ...natural, ...defined(accepted) } : natural;
  const range = { format, ...(bounded ? cut(usual, accepted) : intoBounds(usual, accepted)) };
  if (!inOrder(planner, task, range)) return undefined;
  if (isDistinct(task)) {
    if (distribution.name === 'uniform') return asDistinct(planner, task, range);
    const detail = `a ${distribution.name} distribution does not go with values that occur once each.`;
    return planner.refuse(task, 'data.contradiction', { subject, detail });
  }
  if (distribution.name === 'uniform') return asUniform(range);
  const [least, most] = [range.min / unit, range.max / unit];
  if (distribution.name === 'zipf' && most - least >= zipfLimit) {
    const detail = `a zipf distribution takes at most ${String(zipfLimit)} different values between min and max.`;
    return planner.refuse(task, 'data.impossible', { subject, detail });
  }
  if (!hasValuesBetween(distribution, least, most)) {
    // Nobody asked for the distribution that a name suggests.
    if (named !== undefined) return asUniform(range);
    const detail = `its ${distribution.name} distribution hardly reaches between its min and max.`;
    return planner.refuse(task, 'data.contradiction', { subject, detail });
  }
  return { source: { kind: 'distributed', distribution, scale, min: range.min, max: range.max }, ...range };
}

export function planTime(planner: ColumnPlanner, task: ColumnTask, kind: 'timestamp' | 'date'): OwnValues | undefined {
  const bounded = task.hints.min !== undefined || task.hints.max !== undefined;
  const times = (bounded ? undefined : namedValues(task, 'times')) ?? defaultTimes;
  const min = timeBound(planner, task, kind, 'min', times.min);
  const max = timeBound(planner, task, kind, 'max', times.max);
  if (min === undefined || max === undefined) return undefined;
  const accepted = acceptedUnits(planner, task, { kind });
  if (accepted === undefined) return undefined;
  const asked = spanOf(task.hints, min, max, yearOf(kind));
  const range = { format: { kind }, ...(bounded ? cut(asked, accepted) : intoBounds(asked, accepted)) };
  if (!inOrder(planner, task, range)) return undefined;
  const season = seasonOf(task.hints, kind);
  if (season === undefined) return isDistinct(task) ? asDistinct(planner, task, range) : asUniform(range);
  if (isDistinct(task)) {
    const detail = 'growth, weekdays and hours do not go with values that occur once each.';
    return planner.refuse(task, 'data.contradiction', { subject: task.subject, detail });
  }
  if (!seasonFits(planner, task, season, range)) return undefined;
  return { source: { kind: 'seasonal', season, min: range.min, max: range.max }, ...range };
}

interface Span {
  readonly min: number;
  readonly max: number;
}

/** The span that hints ask for. When one bound alone is given, beyond the usual other one, it goes `width` from there. */
function spanOf(hints: ColumnHints, min: number, max: number, width: number | undefined): Span {
  const isPlain = (hints.min === undefined) === (hints.max === undefined);
  if (min <= max || isPlain || width === undefined) return { min, max };
  return hints.max === undefined ? { min, max: min + width } : { min: max - width, max };
}

/** How far the last day or second of the usual times is from the first. */
function yearOf(kind: 'timestamp' | 'date'): number {
  const length = (parseTimestamp(defaultTimes.max, true) ?? 0) - (parseTimestamp(defaultTimes.min) ?? 0);
  return kind === 'timestamp' ? length : Math.floor(length / daySeconds);
}

function defined({ min, max }: UnitBounds): { readonly min?: number; readonly max?: number } {
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** The part of a range that hints ask for and that is accepted. */
function cut(asked: Span, { min, max }: UnitBounds): Span {
  return { min: Math.max(asked.min, min ?? -Infinity), max: Math.min(asked.max, max ?? Infinity) };
}

/** A bound of a time column in its own unit (seconds, or days of a date); undefined after a fault. */
export function timeBound(
  planner: ColumnPlanner,
  task: ColumnTask,
  kind: 'timestamp' | 'date',
  hint: 'min' | 'max',
  otherwise: string,
): number | undefined {
  const written = task.hints[hint] ?? otherwise;
  const seconds = typeof written === 'string' ? parseTimestamp(written, hint === 'max') : undefined;
  if (seconds === undefined) {
    const expected = 'a date or time such as "2024-01-31" or "2024-01-31 09:30:00"';
    planner.refuse(task, 'data.badHint', { subject: task.subject, hint, expected });
    return undefined;
  }
  return kind === 'timestamp' ? seconds : Math.floor(seconds / daySeconds);
}

/** A bound of a number column; undefined after a fault. */
export function numberBound(
  planner: ColumnPlanner,
  task: ColumnTask,
  hint: 'min' | 'max',
  otherwise: number,
): number | undefined {
  const written = task.hints[hint] ?? otherwise;
  if (typeof written === 'number') return written;
  planner.refuse(task, 'data.badHint', { subject: task.subject, hint, expected: 'a number' });
  return undefined;
}

function inOrder(planner: ColumnPlanner, task: ColumnTask, range: Span): boolean {
  if (range.min <= range.max) return true;
  planner.refuse(task, 'data.contradiction', { subject: task.subject, detail: 'its min is above its max.' });
  return false;
}

function isDistinct({ column, hints }: ColumnTask): boolean {
  return column.unique || hints.distinct === true;
}

type ValueRange = Pick<PlannedColumn, 'format' | 'min' | 'max'>;

function asUniform(range: ValueRange): OwnValues {
  return { source: { kind: 'uniform', min: range.min, max: range.max }, ...range };
}

function asDistinct(planner: ColumnPlanner, task: ColumnTask, range: ValueRange): OwnValues | undefined {
  const possible = range.max - range.min + 1;
  if (possible >= task.rows) return { source: { kind: 'distinct', min: range.min, max: range.max }, ...range };
  const detail = `${String(task.rows)} rows need values that occur once each, and only ${String(possible)} are possible.`;
  return planner.refuse(task, 'data.impossible', { subject: task.subject, detail });
}

function weightNames({ hints }: ColumnTask): readonly string[] | undefined {
  return hints.weights === undefined ? undefined : [...hints.weights.keys()];
}

/** A weight for each word: 1 when no weights are given, and 0 for a word that they do not name. */
function weighChoices(
  planner: ColumnPlanner,
  task: ColumnTask,
  words: readonly string[],
  normal: (name: string) => string,
): readonly number[] | undefined {
  const { weights } = task.hints;
  if (weights === undefined) return words.map(() => 1);
  const given = new Map([...weights].map(([name, weight]) => [normal(name), weight]));
  const stray = [...given.keys()].filter((name) => !words.includes(name));
  if (stray.length === 0) return words.map((word) => given.get(word) ?? 0);
  const detail = `weights name ${stray.join(', ')}, which the column may not hold.`;
  planner.refuse(task, 'data.contradiction', { subject: task.subject, detail });
  return undefined;
}
