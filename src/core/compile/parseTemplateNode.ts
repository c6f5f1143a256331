import type { DiagnosticCode } from '../diagnostics/codes.ts';
import { hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Range } from '../diagnostics/text.ts';
import { renderTemplate } from '../jinja/render.ts';
import type { Template } from '../jinja/template.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import { undefinedValue, type JinjaValue } from '../jinja/values/value.ts';
import { addWritten, mergeConfigs, type NodeConfig } from '../project/nodeConfig.ts';
import { packageNamespace } from '../project/packageName.ts';
import type { PlainMap } from '../project/plainValue.ts';
import type { Project } from '../project/project.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { varFunction } from './environmentFunctions.ts';
import { macroId, type MacroScope } from './macroScope.ts';
import type { RefCall, SourceCall } from './manifest.ts';
import { namedValues, type NamedNode } from './namedValues.ts';
import { nodeGlobals, type NodeScope } from './nodeGlobals.ts';
import { setOwnValues } from './ownValues.ts';
import type { Relation } from './relation.ts';
import { relationObject } from './relationObject.ts';
import type { TemplateContext } from './templateContext.ts';
import { renderTestKwargs } from './testKwargs.ts';

/** A use of a name in a template, and where it stands. */
export interface Use<T> {
  readonly call: T;
  readonly file: string;
  readonly range: Range;
}

/** What a template says of its node when it is rendered without running anything (dbt's parse). */
export interface ParsedTemplate {
  readonly refs: readonly Use<RefCall>[];
  readonly sources: readonly Use<SourceCall>[];
  /** From `config(…)` calls, in order. */
  readonly config: NodeConfig;
  /** The same with the text of a single tag or hook as it is written, not as a list. */
  readonly written: NodeConfig;
  /** Ids of the macros that the template itself calls (dbt's depends_on.macros). */
  readonly macroIds: readonly UniqueId[];
  readonly diagnostics: readonly Diagnostic[];
}

export interface ParseRequest {
  readonly project: Project;
  readonly scope: NodeScope;
  readonly macros: MacroScope;
  readonly template: Template;
  readonly relation: Relation;
  /** The node that the template belongs to. */
  readonly node: NamedNode;
  /** Config from dbt_project.yml and properties, which the template's own goes over. */
  readonly config: NodeConfig;
  /** Arguments of a generic test; they are templates too. */
  readonly testKwargs?: PlainMap;
}

/**
 * Renders a template to learn what it reads and how it is configured. What is missing concerns dbt only when the node is
 * compiled: until then it gives nothing, and only a warning tells of it.
 */
export function parseTemplateNode(request: ParseRequest): ParsedTemplate {
  const parsed = renderForReading(request, false);
  if (!parsed.diagnostics.some(({ code }) => missedLater.has(code))) return parsed;
  const lenient = renderForReading(request, true);
  if (hasErrors(lenient.diagnostics)) return lenient;
  const told = parsed.diagnostics.filter(({ code }) => code !== 'jinja.undefinedValue');
  return { ...lenient, diagnostics: told.map((one) => ({ ...one, severity: 'warning' })) };
}

/** What fails a node when it is compiled, and not the project. */
const missedLater: ReadonlySet<DiagnosticCode> = new Set([
  'jinja.undefinedName',
  'jinja.undefinedValue',
  'compile.requiredVar',
  'compile.packageNotRun',
]);

function renderForReading(request: ParseRequest, isLenient: boolean): ParsedTemplate {
  const refs: Use<RefCall>[] = [];
  const sources: Use<SourceCall>[] = [];
  let own: NodeConfig = {};
  let written: NodeConfig = {};
  const { target } = request.scope.project;
  const placeholder = (identifier: string): JinjaValue => relationObject({ ...request.relation, identifier }, target);
  const globals = nodeGlobals(
    request.scope,
    request.macros,
    {
      execute: false,
      ref: (call, site) => {
        refs.push({ call, file: site.file, range: site.range });
        return placeholder(call.name);
      },
      source: (call, site) => {
        sources.push({ call, file: site.file, range: site.range });
        return placeholder(call.name);
      },
      configure: (values) => {
        own = mergeConfigs(own, values);
        written = addWritten(written, values);
      },
      config: () => mergeConfigs(request.config, own),
    },
    request.relation,
  );
  globals.later('model', () => fromPlain(namedValues(request.project, request.node, request.config)));
  setOwnValues(globals, {
    resourceType: request.node.resourceType,
    config: () => request.config,
    relation: request.relation,
    execute: false,
  });
  if (isLenient) giveNothingForMissing(request.scope, globals);
  const kwargs =
    request.testKwargs === undefined
      ? undefined
      : renderTestKwargs(request.testKwargs, globals, request.template.source.file);
  if (kwargs !== undefined) globals.set('_dbt_generic_test_kwargs', fromPlain(null));
  if (kwargs?.value !== undefined) globals.set('_dbt_generic_test_kwargs', kwargs.value);
  const rendered = renderTemplate(request.template, { globals, lenientUndefined: isLenient });
  const diagnostics = [...(kwargs?.diagnostics ?? []), ...rendered.diagnostics];
  const macroIds = globals.called.map(macroId);
  return { refs, sources, config: own, written, macroIds, diagnostics };
}

/** Vars without a value are none while dbt parses (context/providers.py, ParseVar), and so are packages that are not there. */
function giveNothingForMissing({ project }: NodeScope, globals: TemplateContext): void {
  globals.set('var', varFunction(project.vars, null));
  for (const { name, kind } of project.notRun) {
    if (kind === 'package') globals.set(packageNamespace(name), { ...undefinedValue(name, name), lenient: true });
  }
}
