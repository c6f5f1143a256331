import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { callMacro } from '../jinja/render.ts';
import { displayText } from '../jinja/values/display.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import type { NodeConfig } from '../project/nodeConfig.ts';
import type { Project } from '../project/project.ts';
import { builtinPackage } from './builtinMacros.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';
import { macroOf, type MacroDefinition, type MacroScope } from './macroScope.ts';
import { nodeGlobals, type NodeScope } from './nodeGlobals.ts';
import { namedValues, type NamedNode } from './namedValues.ts';
import type { Relation } from './relation.ts';
import { attributesObject } from './relationObject.ts';
import { parsingResolver } from './resolver.ts';
import type { TemplateContext } from './templateContext.ts';

const components = {
  database: { macro: 'generate_database_name', config: 'database' },
  schema: { macro: 'generate_schema_name', config: 'schema' },
  identifier: { macro: 'generate_alias_name', config: 'alias' },
} as const;
type Component = keyof typeof components;

interface NamingContext {
  readonly environment: CompileEnvironment;
  readonly macros: MacroScope;
  readonly onFault: () => void;
}

/**
 * Where nodes are built, as the macros generate_database_name, generate_schema_name and generate_alias_name say: a
 * package's own for its nodes, else the project's, else dbt's (dbt-core: parser/base.py, RelationUpdate).
 */
export class RelationNames {
  readonly #project: Project;
  readonly #scope: NodeScope;
  readonly #macros: MacroScope;
  readonly #contexts = new Map<string, TemplateContext>();
  /** What dbt's own macros said; they look at nothing but the custom name and the node's name. */
  readonly #defaults = new Map<string, string>();
  readonly #diagnostics = new Map<string, Diagnostic>();
  readonly #onFault: () => void;

  /** `onFault` hears of every call of a macro that went wrong. */
  constructor(project: Project, { environment, macros, onFault }: NamingContext) {
    this.#project = project;
    this.#scope = { project, environment };
    this.#macros = macros;
    this.#onFault = onFault;
  }

  /** Faults of the macros, each once. */
  get diagnostics(): readonly Diagnostic[] {
    return [...this.#diagnostics.values()];
  }

  relationOf(node: NamedNode, config: NodeConfig): Relation {
    return {
      database: this.#name('database', node, config),
      schema: this.#name('schema', node, config),
      identifier: this.#name('identifier', node, config),
    };
  }

  #name(component: Component, node: NamedNode, config: NodeConfig): string {
    const { macro: macroName, config: key } = components[component];
    const custom = config[key] ?? null;
    const macro =
      macroOf(this.#macros, node.packageName, macroName) ??
      macroOf(this.#macros, this.#macros.rootName, macroName) ??
      macroOf(this.#macros, builtinPackage, macroName);
    if (macro === undefined) return node.name;
    if (macro.packageName !== builtinPackage) return this.#call(macro, node, config, custom);
    const alias = component === 'identifier' ? plainAlias(node, custom) : undefined;
    if (alias !== undefined) return alias;
    const asked = JSON.stringify([
      component,
      custom,
      component === 'identifier' ? [node.name, node.version ?? null] : '',
    ]);
    const before = this.#defaults.get(asked);
    if (before !== undefined) return before;
    const found = this.#call(macro, node, config, custom);
    this.#defaults.set(asked, found);
    return found;
  }

  #call(macro: MacroDefinition, node: NamedNode, config: NodeConfig, custom: NodeConfig[string]): string {
    const context = this.#context(macro.packageName);
    const callee = context.macro(macro.packageName, macro.name);
    const args = [fromPlain(custom), attributesObject('node', namedValues(this.#project, node, config))];
    const { value, diagnostics } = callMacro(callee ?? null, args, undefined, { file: node.originalFilePath });
    if (diagnostics.length > 0) this.#onFault();
    for (const one of diagnostics) this.#diagnostics.set(JSON.stringify([one.file, one.range, one.message]), one);
    return value === undefined ? node.name : displayText(value).trim();
  }

  #context(packageName: string): TemplateContext {
    const before = this.#contexts.get(packageName);
    if (before !== undefined) return before;
    const { project } = this.#scope;
    const scope = { ...this.#scope, project: { ...project, config: { ...project.config, name: packageName } } };
    const context = nodeGlobals(scope, this.#macros, parsingResolver, undefined);
    this.#contexts.set(packageName, context);
    return context;
  }
}

/** What dbt's generate_alias_name says of nearly every node, so that it need not be called for each. */
function plainAlias(node: NamedNode, custom: NodeConfig[string]): string | undefined {
  if (typeof custom === 'string' && custom !== '') return custom.trim();
  return custom === null && node.version === undefined ? node.name : undefined;
}
