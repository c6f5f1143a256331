import { diagnostic, hasErrors, type Outcome } from '../diagnostics/diagnostic.ts';
import type { DataTable } from '../datagen/dataModel.ts';
import { extendPlan } from '../datagen/extendPlan.ts';
import type { GivenTable } from '../datagen/givenRows.ts';
import type { GenerationPlan, TablePlan } from '../datagen/generationPlan.ts';
import { placeTables, type Placement } from '../datagen/placeTables.ts';
import { planGeneration, type GenerationOptions } from '../datagen/planGeneration.ts';
import { checkData, type CheckHost } from '../quality/checkData.ts';
import { fitShape } from '../quality/extend/fitShape.ts';
import { givenBytes, givenTable } from '../quality/extend/givenTable.ts';
import { onDataApart, type DataContext } from './checkProject.ts';
import { describeData, idOfRaw } from './describeData.ts';
import type { ModelyardProject } from './modelyardProject.ts';

/** A plan, and what the tables that begin with given rows begin with. */
export interface ExtensionPlan {
  readonly plan: GenerationPlan;
  readonly given: (table: TablePlan) => AsyncIterable<Uint8Array>;
}

/**
 * Plans rows behind those that a project's data files have: of their shape, and together with them obeying the rules.
 * Refused when the rows that are there break a rule. Tables without a file are made as ever.
 */
export async function planExtension(
  project: ModelyardProject,
  options: GenerationOptions,
  placement: Placement,
  host: CheckHost,
): Promise<Outcome<ExtensionPlan | undefined>> {
  const planned = await onDataApart(project, host.cancellation, (context) => plan(context, options, placement, host));
  return planned.value ?? { value: undefined, diagnostics: planned.diagnostics };
}

async function plan(
  context: DataContext,
  options: GenerationOptions,
  placement: Placement,
  host: CheckHost,
): Promise<Outcome<ExtensionPlan | undefined>> {
  const { manifest, engine, files } = context;
  const { tables: raw, violations } = await checkData(context, host);
  const broken = violations.filter(({ rule }) => rule.severity === 'error');
  const [first] = broken;
  if (first !== undefined) {
    const rows = new Set(broken.map(({ file, line }) => `${file}:${String(line)}`)).size;
    const params = { rows, file: first.file, line: first.line, reason: first.reason };
    return { value: undefined, diagnostics: [diagnostic('data.notClean', params, { file: first.file })] };
  }
  const loaded = new Map(raw.filter((table) => table.isLoaded).map((table) => [idOfRaw(table), table]));
  const all = await describeData(manifest, files, raw, false);
  const described = new Map(
    all.flatMap((table) => {
      const found = loaded.get(table.id);
      return found === undefined ? [] : [[table.id, { described: table, raw: found }] as const];
    }),
  );
  const fitted: DataTable[] = [];
  for (const table of all) {
    const found = described.get(table.id);
    fitted.push(found === undefined ? table : await fitShape(engine, found, described));
  }
  const placed = placeTables(fitted, placement);
  const made = planGeneration(placed.value, options);
  const diagnostics = [...placed.diagnostics, ...made.diagnostics];
  if (made.value === undefined || hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const rows = new Map<string, GivenTable>();
  for (const [id, table] of described) rows.set(id, await givenTable(engine, table.raw));
  const extended = extendPlan(made.value, rows);
  if (extended.value === undefined) return { value: undefined, diagnostics: [...diagnostics, ...extended.diagnostics] };
  const given = async function* ({ id }: TablePlan): AsyncGenerator<Uint8Array> {
    const table = described.get(id)?.raw;
    const chunks = table === undefined ? undefined : await files.stream(table.file);
    if (table !== undefined && chunks !== undefined) yield* givenBytes(chunks, table);
  };
  return { value: { plan: extended.value, given }, diagnostics };
}
