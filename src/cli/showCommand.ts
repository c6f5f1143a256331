import { Cancelled } from '../core/diagnostics/cancellation.ts';
import { hasErrors, type Diagnostic } from '../core/diagnostics/diagnostic.ts';
import type { Manifest } from '../core/compile/manifest.ts';
import { previewRows, type Preview, type PreviewSubject } from '../core/service/previewRows.ts';
import { inlineQuery, keepShown, type Shown } from '../core/service/keepCompiled.ts';
import { isCompilable } from '../core/run/runGraph.ts';
import { namesFirst } from './compileCommand.ts';
import { consoleEvent, type ConsoleEvent } from './console/consoleEvent.ts';
import { errorEvent, warningEvents } from './console/diagnosticEvents.ts';
import { concurrencyEvents } from './console/openingEvents.ts';
import { previewRecords, previewTable } from './console/previewTable.ts';
import { nothingToDo, openManifest } from './openProject.ts';
import type { Options } from './options/resolveOptions.ts';
import { UsageError } from './options/usageError.ts';
import { selectionOf } from './selectionOptions.ts';
import type { Session } from './session.ts';

/** dbt shows five rows when no limit is given; one below zero is none. */
const usualLimit = 5;

/** `show`: the first rows of the node that is named first, or of SQL given inline. */
export async function showCommand(session: Session): Promise<number> {
  const { project, options, console, cancellation } = session;
  const manifest = await openManifest(session);
  if (manifest === undefined) return 2;
  const subjects = subjectsOf(session, manifest);
  if (typeof subjects === 'number') return subjects;
  const given = Number(options.value('limit') ?? usualLimit);
  const limit = given < 0 ? Number.MAX_SAFE_INTEGER - 1 : given;
  console.tell(...concurrencyEvents(manifest, subjects.length));
  const shown: Shown[] = [];
  const { clock } = project.host;
  for (const one of subjects) {
    const startedAt = clock.now();
    try {
      const request = { subject: one.subject, limit, cancellation: cancellation.token, onEvent: () => undefined };
      const { value: preview, diagnostics } = await previewRows(project, request);
      if (preview === undefined) return refused(session, diagnostics);
      console.answer(showEvent(options, one, preview));
      shown.push({ node: one.node, code: preview.code, startedAt, completedAt: clock.now() });
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      process.stderr.write('Cancelled.\n');
      return 1;
    }
  }
  await keepShown(project, manifest, shown, given < 0 ? undefined : given);
  return 0;
}

interface NamedSubject {
  /** Undefined for SQL given inline. */
  readonly name: string | undefined;
  readonly node: Shown['node'];
  readonly subject: PreviewSubject;
}

/** What to show, or the exit code when there is nothing. */
function subjectsOf(session: Session, manifest: Manifest): readonly NamedSubject[] | number {
  const { project, options, console } = session;
  const inline = options.value('inline');
  if (inline !== undefined) {
    const subject = { kind: 'sql', text: inline, file: '--inline', start: { line: 0, character: 0 } } as const;
    return [{ name: undefined, node: inlineQuery(manifest), subject }];
  }
  const request = selectionOf(options);
  if (request.select.length === 0) throw new UsageError('Either --select or --inline must be passed to show');
  const selected = project.select(manifest, request);
  if (hasErrors(selected.diagnostics)) return refused(session, selected.diagnostics);
  console.tell(...warningEvents(selected.diagnostics));
  const nodes = [...selected.value].sort().flatMap((id) => manifest.nodes.get(id) ?? []);
  const shown = nodes.filter((node) => isCompilable(node));
  if (shown.length === 0) {
    return nothingToDo(session);
  }
  return shown
    .filter(({ name }) => namesFirst(options, name))
    .map((node) => ({ name: node.name, node, subject: { kind: 'node', id: node.uniqueId } }));
}

function showEvent(options: Options, { name, node }: NamedSubject, preview: Preview): ConsoleEvent {
  const asJson = options.value('output') === 'json';
  const records = previewRecords(preview);
  const table = previewTable(preview);
  const data = {
    node_name: name ?? 'inline_query',
    preview: asJson ? JSON.stringify(records) : table,
    is_inline: name === undefined,
    output_format: asJson ? 'json' : 'text',
    unique_id: name === undefined ? 'sql_operation.inline_query' : node.uniqueId,
    quiet: options.has('quiet'),
  };
  const record = { ...(name === undefined ? {} : { node: name }), show: records };
  const what = name === undefined ? 'inline node' : `node '${name}'`;
  const text = options.has('quiet') ? table : `Previewing ${what}:\n${table}`;
  return consoleEvent('ShowNode', asJson ? JSON.stringify(record, undefined, 2) : text, data);
}

function refused({ console }: Session, diagnostics: readonly Diagnostic[]): number {
  console.tell(errorEvent(diagnostics));
  return 2;
}
