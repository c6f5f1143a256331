import { compileInline, compileNodes } from '../core/service/compileNodes.ts';
import { hasErrors, type Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { consoleEvent, type ConsoleEvent } from './console/consoleEvent.ts';
import { errorEvent, warningEvents } from './console/diagnosticEvents.ts';
import { concurrencyEvents } from './console/openingEvents.ts';
import { openManifest } from './openProject.ts';
import type { Options } from './options/resolveOptions.ts';
import { selectionOf } from './selectionOptions.ts';
import type { Session } from './session.ts';

/** `compile`: writes target/compiled, and prints the code of SQL given inline or of the node that is named first. */
export async function compileCommand(session: Session): Promise<number> {
  const { project, options, console } = session;
  const manifest = await openManifest(session);
  if (manifest === undefined) return 2;
  const flags = { empty: options.has('empty'), fullRefresh: options.has('full-refresh') };
  const inline = options.value('inline');
  if (inline !== undefined) {
    console.tell(...concurrencyEvents(manifest, 1));
    const { value: compiled, diagnostics } = await compileInline(project, inline, flags);
    if (compiled === undefined) return refused(session, diagnostics);
    console.answer(
      compiledEvent(options, { name: undefined, code: compiled.code, uniqueId: 'sql_operation.inline_query' }),
    );
    return 0;
  }
  const request = selectionOf(options);
  const { value, diagnostics } = await compileNodes(project, request, flags, request.select.length > 0);
  if (value === undefined || hasErrors(diagnostics)) return refused(session, diagnostics);
  console.tell(...warningEvents(diagnostics.filter(({ file }) => file.startsWith('--'))));
  console.tell(...concurrencyEvents(manifest, value.length));
  for (const { node, code } of value) {
    if (code !== undefined && namesFirst(options, node.name))
      console.answer(compiledEvent(options, { name: node.name, code, uniqueId: node.uniqueId }));
  }
  return 0;
}

/** dbt shows nodes whose name stands in the first word of `--select` (core/dbt/task/compile.py). */
export function namesFirst(options: Options, name: string): boolean {
  const [first] = [...options.list('select'), ...options.list('models')];
  return first?.includes(name) === true;
}

interface Compiled {
  /** Undefined for SQL given inline. */
  readonly name: string | undefined;
  readonly code: string;
  readonly uniqueId: string;
}

function compiledEvent(options: Options, { name, code, uniqueId }: Compiled): ConsoleEvent {
  const asJson = options.value('output') === 'json';
  const node_name = name ?? 'inline_query';
  const data = {
    node_name,
    compiled: code,
    is_inline: name === undefined,
    output_format: asJson ? 'json' : 'text',
    unique_id: uniqueId,
    quiet: options.has('quiet'),
  };
  const record = { ...(name === undefined ? {} : { node: name }), compiled: code };
  const what = name === undefined ? 'inline node' : `node '${name}'`;
  const text = options.has('quiet') ? code : `Compiled ${what} is:\n${code}`;
  return consoleEvent('CompiledNode', asJson ? JSON.stringify(record, undefined, 2) : text, data);
}

function refused({ console }: Session, diagnostics: readonly Diagnostic[]): number {
  console.tell(errorEvent(diagnostics));
  return 2;
}
