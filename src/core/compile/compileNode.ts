import type { Diagnostic, Location, Outcome } from '../diagnostics/diagnostic.ts';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import { renderTemplate } from '../jinja/render.ts';
import { sourcePosition } from '../jinja/sourcePosition.ts';
import { parseTemplate, type Template } from '../jinja/template.ts';
import { failure, type JinjaFailure } from '../jinja/values/jinjaFailure.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import type { JinjaValue } from '../jinja/values/value.ts';
import { mergeConfigs, textConfig, type NodeConfig } from '../project/nodeConfig.ts';
import type { PlainMap } from '../project/plainValue.ts';
import { packageOf, type Project } from '../project/project.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';
import type { CompiledNode } from './compiledNode.ts';
import { injectCtes, type InjectedCte, type RenderedText } from './injectCtes.ts';
import { lookupOf, type NodeLookup } from './linkNodes.ts';
import {
  isTableNode,
  type Manifest,
  type ManifestNode,
  type SqlNode,
  type TestNode,
  type UnitTestNode,
  type OperationNode,
  type SeedNode,
} from './manifest.ts';
import { graphOf, modelOf } from './nodeValues.ts';
import { nodeGlobals } from './nodeGlobals.ts';
import { nodeThread } from './invocationValues.ts';
import { setOwnValues } from './ownValues.ts';
import { quoteForAdapter, type Relation } from './relation.ts';
import { inBatch } from './batch.ts';
import { completeConfig } from './completeConfig.ts';
import { cteName, cteObject, emptyObject, filteredObject, relationObject } from './relationObject.ts';
import { renderTestKwargs } from './testKwargs.ts';
import { unitTestInputs, type StandIn, type StandIns } from './unitTestInputs.ts';
import { overrideMacros, withVariables, withVars } from './unitTestOverrides.ts';

/** A template to compile in the place of a node: the node itself, or SQL that a user selected in its file. */
interface CompileSubject {
  /** Package whose macros and vars hold. */
  readonly packageName: string;
  /** What `model` is in it. */
  readonly node?: ManifestNode | OperationNode;
  readonly template: Template;
  readonly values?: PlainMap;
  readonly config: NodeConfig;
  readonly relation: Relation | undefined;
  /** What the node was found to read when it was parsed; undefined when anything may be read. */
  readonly dependsOn?: readonly UniqueId[];
  readonly generic?: TestNode['generic'];
  /** Of a unit test: what stands for the tables that its model reads, and what macros give. */
  readonly unitTest?: { readonly name: string; readonly standIns: StandIns; readonly macros: PlainMap };
  /** Where all diagnostics and errors point, when not into the template itself. */
  readonly place?: Location;
}

/** Compiled code, and the nodes that it reads once ephemeral models are inlined. */
export interface Compilation extends CompiledNode {
  readonly reads: readonly UniqueId[];
}

/** A unit test's code, and the queries that stand for tables in it, by the tables' names. */
export interface UnitTestCompilation extends Compilation {
  readonly given: ReadonlyMap<string, string>;
}

/** Compiles a node of the manifest (dbt's compile). Without a value the diagnostics say why. */
export function compileNode(
  manifest: Manifest,
  node: SqlNode,
  environment: CompileEnvironment,
): Outcome<Compilation | undefined> {
  return compileSubject(manifest, subjectOf(node), environment);
}

/** SQL with Jinja from outside the project's nodes: what a user selected or typed. */
export interface WrittenSql {
  readonly text: string;
  /** File that places name. */
  readonly file: string;
  /** The node whose file it stands in: its package, its config and `this` hold. */
  readonly owner: SqlNode | SeedNode | OperationNode | undefined;
  /** What `this` is, where no node owns the SQL. */
  readonly relation?: Relation;
  /** Names that it sees beside the usual ones. */
  readonly values?: PlainMap;
}

/** Compiles SQL as if it stood in the project. */
export function compileSql(
  manifest: Manifest,
  { text, file, owner, relation: here, values }: WrittenSql,
  environment: CompileEnvironment,
): Outcome<Compilation | undefined> {
  const { value: template } = parseTemplate(text, file);
  const relation = owner !== undefined && isTableNode(owner) ? owner.relation : here;
  const packageName = owner?.packageName ?? manifest.project.config.name;
  const subject = {
    packageName,
    template,
    config: owner?.config ?? {},
    relation,
    ...(owner && { node: owner }),
    ...(values && { values }),
  };
  return compileSubject(manifest, subject, environment);
}

/**
 * Compiles the model of a unit test over the rows that the test gives (dbt-core: compilation.py with
 * generate_runtime_unit_test_context).
 */
export function compileUnitTest(
  manifest: Manifest,
  node: UnitTestNode,
  environment: CompileEnvironment,
): Outcome<UnitTestCompilation | undefined> {
  const [tested] = node.dependsOn;
  const model = tested === undefined ? undefined : manifest.nodes.get(tested);
  if (model?.resourceType !== 'model') throw new Error(`${node.uniqueId} has no model`);
  const { target } = manifest.project;
  const inputs = unitTestInputs(lookupOf(manifest), { node, model, target }, environment);
  if (inputs.value === undefined) return { value: undefined, diagnostics: inputs.diagnostics };
  const subject: CompileSubject = {
    packageName: model.packageName,
    node: model,
    template: model.template,
    config: model.config,
    relation: undefined,
    unitTest: { name: node.name, standIns: inputs.value, macros: node.overrides?.macros ?? {} },
    place: { file: node.originalFilePath, range: node.range },
  };
  const compiler = new Compiler(withVars(manifest, node.overrides), withVariables(environment, node.overrides));
  const { value, diagnostics } = compiler.compile(subject);
  const names = [...inputs.value.values()].map(({ node: { uniqueId, name } }) => [uniqueId, name] as const);
  return { value: value && { ...value, given: compiler.givenCode(new Map(names)) }, diagnostics };
}

function compileSubject(
  manifest: Manifest,
  subject: CompileSubject,
  environment: CompileEnvironment,
): Outcome<Compilation | undefined> {
  return new Compiler(manifest, environment).compile(subject);
}

function subjectOf(node: SqlNode): CompileSubject {
  const { packageName, template, config, dependsOn } = node;
  const own = { node, packageName, template, config, dependsOn };
  if (isTableNode(node)) return { ...own, relation: node.relation };
  if (node.resourceType === 'analysis') return { ...own, relation: node.here };
  const place = { file: node.originalFilePath, range: node.range };
  const base = { ...own, relation: undefined };
  return node.generic === undefined ? base : { ...base, generic: node.generic, place };
}

class Compiler {
  readonly #manifest: Manifest;
  readonly #environment: CompileEnvironment;
  readonly #lookup: NodeLookup;
  /** Ephemeral models compiled so far, in the order in which their CTEs must stand. */
  readonly #ctes = new Map<UniqueId, InjectedCte>();
  readonly #diagnostics: Diagnostic[] = [];
  readonly #reads = new Set<UniqueId>();

  constructor(manifest: Manifest, environment: CompileEnvironment) {
    this.#manifest = manifest;
    this.#environment = environment;
    this.#lookup = lookupOf(manifest);
  }

  compile(subject: CompileSubject): Outcome<Compilation | undefined> {
    const rendered = this.#render(subject);
    if (rendered === undefined || hasErrors(this.#diagnostics))
      return { value: undefined, diagnostics: this.#diagnostics };
    const injected = injectCtes(rendered.text, [...this.#ctes.values()]);
    const value: Compilation = {
      code: injected.code,
      reads: [...this.#reads],
      locate: (range) => {
        if (subject.place !== undefined) return subject.place;
        const origin = injected.origin(range);
        return locationIn(origin.cte?.rendered ?? rendered, origin.start, origin.end);
      },
    };
    return { value, diagnostics: this.#diagnostics };
  }

  /** Code of what was put in front, by the names of the nodes that it stands for. */
  givenCode(names: ReadonlyMap<UniqueId, string>): ReadonlyMap<string, string> {
    return new Map([...this.#ctes].map(([id, { rendered }]) => [names.get(id) ?? id, rendered.text]));
  }

  #render(subject: CompileSubject): RenderedText | undefined {
    const { node, packageName } = subject;
    const scope = { project: packageOf(this.#manifest.project, packageName), environment: this.#environment };
    let own: NodeConfig = {};
    const globals = nodeGlobals(
      scope,
      this.#manifest.macros,
      {
        execute: true,
        ref: (call) => {
          const node = this.#lookup.ref(call, packageName);
          if (node === undefined) throw unknownRef(call.name, this.#manifest.project);
          checkDeclared(subject, node, `ref('${call.name}')`);
          return this.#read(subject, node, `ref('${call.name}')`);
        },
        source: (call) => {
          const node = this.#lookup.source(call, packageName);
          if (node === undefined) throw failure('compile.unknownSource', { ...call, near: undefined });
          const written = `source('${call.sourceName}', '${call.name}')`;
          checkDeclared(subject, node, written);
          return this.#read(subject, node, written);
        },
        configure: (values) => {
          own = mergeConfigs(own, values);
        },
        config: () => {
          const config = mergeConfigs(subject.config, own);
          return node === undefined ? config : completeConfig({ ...node, config });
        },
      },
      subject.relation,
    );
    if (node !== undefined) {
      globals.later('model', () => modelOf(this.#manifest, node, this.#environment.batch));
      setOwnValues(globals, {
        resourceType: subject.unitTest === undefined ? node.resourceType : 'unit_test',
        config: () => subject.config,
        relation: placeOf(node) ?? subject.relation,
        execute: true,
      });
    } else globals.set('thread_id', nodeThread);
    // Unit tests are compiled in a manifest of their own, of which dbt makes no graph.
    if (subject.unitTest === undefined) globals.later('graph', () => graphOf(this.#manifest));
    for (const [name, value] of Object.entries(subject.values ?? {})) globals.override(name, fromPlain(value));
    if (subject.unitTest !== undefined) {
      overrideMacros(globals, subject.unitTest.macros);
      globals.set('this', this.#ownTable(subject));
    }
    const placed = (found: readonly Diagnostic[]): readonly Diagnostic[] =>
      subject.place === undefined ? found : found.map((one) => ({ ...one, ...subject.place }));
    if (subject.generic !== undefined) {
      const kwargs = renderTestKwargs(subject.generic.kwargs, globals, subject.template.source.file);
      globals.set('_dbt_generic_test_kwargs', kwargs.value);
      this.#diagnostics.push(...placed(kwargs.diagnostics));
    }
    const rendered = renderTemplate(subject.template, { globals });
    this.#diagnostics.push(...placed(rendered.diagnostics));
    const { text } = rendered.value;
    return text === undefined ? undefined : { ...rendered.value, text };
  }

  /** What `ref` and `source` give; unit tests have rows of their own, with `--empty` too. */
  #read(subject: CompileSubject, node: ManifestNode, call: string): ReturnType<typeof relationObject> {
    const { target } = this.#manifest.project;
    const relation = this.#relation(subject, node, call);
    const isEmpty = this.#environment.empty === true && subject.unitTest === undefined;
    const read = isEmpty ? emptyObject(relation, target) : relation;
    const { batch } = this.#environment;
    const column = 'config' in node ? textConfig(node.config, 'event_time') : undefined;
    if (batch === undefined || batch.node !== subject.node?.uniqueId || column === undefined) return read;
    const field = isQuotedColumn(node, column) ? quoteForAdapter(column, target.type) : column;
    return filteredObject(read, inBatch(field, batch), target);
  }

  #relation(subject: CompileSubject, node: ManifestNode, call: string): ReturnType<typeof relationObject> {
    if (!isTableNode(node)) throw new Error(`${node.uniqueId} has no relation`);
    if (subject.unitTest !== undefined) {
      const { name: test, standIns } = subject.unitTest;
      const standIn = standIns.get(node.uniqueId);
      if (standIn === undefined) throw failure('compile.unitTestNotGiven', { test, call });
      this.#putStandIn(subject, standIn);
      return cteObject(standIn.identifier);
    }
    if (node.resourceType !== 'model' || node.materialized !== 'ephemeral') {
      this.#reads.add(node.uniqueId);
      const relation = this.#environment.deferred?.get(node.uniqueId) ?? node.relation;
      return relationObject(relation, this.#manifest.project.target);
    }
    if (!this.#ctes.has(node.uniqueId)) {
      const rendered = this.#render(subjectOf(node));
      const name = cteName(node.relation.identifier);
      if (rendered !== undefined) this.#ctes.set(node.uniqueId, { name, rendered });
    }
    return cteObject(node.relation.identifier);
  }

  /** `this` in a unit test: the rows that are given for it, which are put in front whether or not they are read. */
  #ownTable(subject: CompileSubject): JinjaValue {
    const own = [...(subject.unitTest?.standIns.values() ?? [])].find(({ isThis }) => isThis);
    if (own === undefined) return null;
    this.#putStandIn(subject, own);
    return cteName(own.identifier);
  }

  #putStandIn(subject: CompileSubject, { node, identifier, code, isTemplate }: StandIn): void {
    if (this.#ctes.has(node.uniqueId)) return;
    const name = cteName(identifier);
    const { template } = subject;
    const asWritten: RenderedText = { text: code, segments: [], template };
    this.#ctes.set(node.uniqueId, { name, rendered: asWritten });
    if (!isTemplate) return;
    const file = subject.place?.file ?? template.source.file;
    const rendered = this.#render({ ...subject, template: parseTemplate(code, file).value });
    // What it reads itself must stand before it.
    this.#ctes.delete(node.uniqueId);
    if (rendered !== undefined) this.#ctes.set(node.uniqueId, { name, rendered });
  }
}

/** Where a node is built, or where its failing rows would be kept. */
function placeOf(node: ManifestNode | OperationNode): Relation | undefined {
  if (isTableNode(node)) return node.relation;
  return node.resourceType === 'test' ? node.failuresRelation : undefined;
}

/** dbt quotes the column of event time where its properties or its source say so (context/providers.py). */
function isQuotedColumn(node: ManifestNode, name: string): boolean {
  if (!('columns' in node)) return false;
  return node.columns.find((one) => one.name === name)?.quote === true;
}

/** What is only reached when a node is run was not waited for (dbt-core: context/providers.py, RefBadContextError). */
function checkDeclared({ dependsOn }: CompileSubject, node: ManifestNode, call: string): void {
  if (dependsOn?.includes(node.uniqueId) === false) throw failure('compile.undeclaredRef', { call });
}

function unknownRef(name: string, { notRun }: Project): JinjaFailure {
  const left = notRun.find((one) => one.name === name);
  return left === undefined
    ? failure('compile.unknownRef', { name, near: undefined })
    : failure('compile.refNotRun', left);
}

function locationIn(rendered: RenderedText, start: number, end: number): Location {
  const range = { start: sourcePosition(rendered, start), end: sourcePosition(rendered, end) };
  return { file: rendered.template.source.file, range };
}
