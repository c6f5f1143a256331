import { compileSql } from '../compile/compileNode.ts';
import type { CompiledNode } from '../compile/compiledNode.ts';
import type { SourceNode } from '../compile/manifest.ts';
import { renderRelation } from '../compile/relation.ts';
import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { isPlainMap, plainText } from '../project/plainValue.ts';
import { isTime } from '../project/sourceFreshness.ts';
import { textConfig } from '../project/nodeConfig.ts';
import { answering } from './answering.ts';
import type { RunContext } from './runContext.ts';
import type { SqlValue } from './sqlEngine.ts';
import { databaseError, translateQuery } from './translateQuery.ts';

/** dbt's verdicts on a source (core/dbt/artifacts/schemas/results.py, FreshnessStatus). */
export type FreshnessStatus = 'pass' | 'warn' | 'error' | 'runtime error';

/** How old a source's youngest row is. */
export interface Freshness {
  readonly source: SourceNode;
  readonly status: FreshnessStatus;
  /** Milliseconds since 1970; undefined when it could not be found out. */
  readonly maxLoadedAt: number | undefined;
  /** When it was looked at. */
  readonly snapshottedAt: number;
  readonly startedAt: number;
  readonly completedAt: number;
  /** Why it could not be found out. */
  readonly message: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

type Measuring = Pick<RunContext, 'manifest' | 'environment' | 'catalog' | 'engine' | 'clock'>;

/** What dbt takes for the time of a table without rows: the first year there is. */
const beforeAll = Date.parse('0001-01-01T00:00:00Z');

/** Asks when a source was last loaded, and judges that (dbt-core: task/freshness.py; dbt-adapters: calculate_freshness). */
export async function measureFreshness(context: Measuring, source: SourceNode): Promise<Freshness> {
  const startedAt = context.clock.now();
  const asked = await lastLoaded(context, source);
  const snapshottedAt = context.clock.now();
  const base = { source, snapshottedAt, startedAt, completedAt: snapshottedAt, diagnostics: asked.diagnostics };
  if (asked.value === undefined) {
    const message = asked.diagnostics.find(({ severity }) => severity === 'error')?.message;
    return { ...base, status: 'runtime error', maxLoadedAt: undefined, message };
  }
  const age = snapshottedAt - asked.value;
  return { ...base, status: verdict(source, age), maxLoadedAt: asked.value, message: undefined };
}

async function lastLoaded(context: Measuring, source: SourceNode): Promise<Outcome<number | undefined>> {
  const compiled = await compiledQuery(context, source);
  if (compiled.value === undefined) return { value: undefined, diagnostics: compiled.diagnostics };
  const translated = translateQuery(context, compiled.value);
  if (translated.value === undefined) return { value: undefined, diagnostics: translated.diagnostics };
  try {
    const { rows } = await context.engine.query(translated.value.sql);
    return timeOf(source, rows[0]?.[0] ?? null);
  } catch (error) {
    return { value: undefined, diagnostics: [databaseError(error, compiled.value, context.manifest)] };
  }
}

async function compiledQuery(context: Measuring, source: SourceNode): Promise<Outcome<CompiledNode | undefined>> {
  const { manifest } = context;
  const place = { file: source.originalFilePath, range: source.range };
  const query = textConfig(source.config, 'loaded_at_query');
  if (query !== undefined) {
    const subject = { text: query, file: source.originalFilePath, owner: undefined, relation: source.relation };
    const { value, diagnostics } = await answering(context, (environment) =>
      compileSql(manifest, subject, environment),
    );
    const placed = diagnostics.map((one) => ({ ...one, ...place }));
    return { value: value === undefined ? undefined : { ...value, locate: () => place }, diagnostics: placed };
  }
  const field = textConfig(source.config, 'loaded_at_field');
  if (field === undefined) {
    const params = { source: source.name, adapter: manifest.project.target.type };
    return { value: undefined, diagnostics: [diagnostic('run.noLoadedAt', params, place)] };
  }
  const freshness = source.config['freshness'];
  const filter = isPlainMap(freshness) ? textConfig(freshness, 'filter') : undefined;
  const from = renderRelation(source.relation, manifest.project.target);
  const code = `select\n  max(${field}) as max_loaded_at\nfrom ${from}${filter === undefined ? '' : `\nwhere ${filter}`}`;
  return { value: { code, locate: () => place }, diagnostics: [] };
}

/** A time as SQLite keeps it, which is UTC where no zone is named; nothing for a table without rows. */
function timeOf(source: SourceNode, value: SqlValue): Outcome<number | undefined> {
  if (value === null) return { value: beforeAll, diagnostics: [] };
  const text = typeof value === 'string' ? value.trim() : '';
  const match = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d(?::?\d\d)?)?$/.exec(text);
  if (match !== null) {
    const [, day = '', time = '', zone = 'Z'] = match;
    const whole = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone;
    const moment = Date.parse(`${day}T${time.replace(/(\.\d{3})\d+/, '$1')}${whole}`);
    // A thirteenth month has the form of a time and is none.
    if (!Number.isNaN(moment)) return { value: moment, diagnostics: [] };
  }
  const place = { file: source.originalFilePath, range: source.range };
  const params = { source: `${source.sourceName}.${source.name}`, value: text === '' ? String(value) : text };
  return { value: undefined, diagnostics: [diagnostic('run.loadedAtNoTime', params, place)] };
}

const periods: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

function verdict({ config }: SourceNode, age: number): 'pass' | 'warn' | 'error' {
  const freshness = config['freshness'];
  const isOver = (key: string): boolean => {
    const limit = isPlainMap(freshness) ? freshness[key] : undefined;
    if (!isTime(limit)) return false;
    return age > Number(limit['count']) * (periods[plainText(limit['period'] ?? null)] ?? Number.POSITIVE_INFINITY);
  };
  if (isOver('error_after')) return 'error';
  return isOver('warn_after') ? 'warn' : 'pass';
}
