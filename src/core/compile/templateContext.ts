import { bindMacro } from '../jinja/render.ts';
import { NamedValues } from '../jinja/runtime/namedValues.ts';
import type { Globals } from '../jinja/runtime/scope.ts';
import type { JinjaCallable, JinjaObject, JinjaValue } from '../jinja/values/value.ts';
import { builtinPackage } from './builtinMacros.ts';
import { findMacro, macroOf, type MacroDefinition, type MacroScope } from './macroScope.ts';

/**
 * The names that the templates of one package see: macros over the context's own values, and packages by their names.
 * Macros are bound when they are first asked for, since a template uses a few of hundreds.
 */
export class TemplateContext implements Globals {
  readonly #values: NamedValues;
  readonly #macros: MacroScope;
  readonly #packageName: string;
  readonly #overrides = new Map<string, JinjaValue>();
  readonly #bound = new Map<MacroDefinition, JinjaCallable>();
  readonly #called = new Set<MacroDefinition>();

  constructor(values: NamedValues, macros: MacroScope, packageName: string) {
    this.#values = new NamedValues([], values);
    this.#macros = macros;
    this.#packageName = packageName;
  }

  /** The macros that templates have called from outside any macro, in the order of the first call. */
  get called(): readonly MacroDefinition[] {
    return [...this.#called];
  }

  get(name: string): JinjaValue | undefined {
    const override = this.#overrides.get(name);
    if (override !== undefined) return override;
    const found = findMacro(this.#macros, name, this.#packageName);
    // What stands in the context goes over dbt's own macros, and those of projects go over the context.
    if (found !== undefined && (found.packageName !== builtinPackage || !this.#values.has(name)))
      return this.#bind(found);
    const value = this.#values.get(name);
    if (value !== undefined) return value;
    return this.#macros.packages.has(name) ? this.#namespace(name) : undefined;
  }

  set(name: string, value: JinjaValue): void {
    this.#values.set(name, value);
  }

  /** A value that is made when it is first asked for. */
  later(name: string, make: () => JinjaValue): void {
    this.#values.later(name, make);
  }

  /** Lets a name mean this, whatever macro there is of that name. */
  override(name: string, value: JinjaValue): void {
    this.#overrides.set(name, value);
  }

  /** A macro of a package, or, without one, the macro that the name means by itself. */
  macro(packageName: string | undefined, name: string): JinjaCallable | undefined {
    const found =
      packageName === undefined
        ? findMacro(this.#macros, name, this.#packageName)
        : macroOf(this.#macros, packageName, name);
    return found === undefined ? undefined : this.#bind(found);
  }

  #bind(macro: MacroDefinition): JinjaCallable {
    const before = this.#bound.get(macro);
    if (before !== undefined) return before;
    const callee = bindMacro(macro.definition, this);
    const bound: JinjaCallable = {
      ...callee,
      call: (args, kwargs, site) => {
        if (!site.runtime.inMacro) this.#called.add(macro);
        return callee.call(args, kwargs, site);
      },
    };
    this.#bound.set(macro, bound);
    return bound;
  }

  #namespace(packageName: string): JinjaObject {
    return {
      kind: 'object',
      typeName: packageName,
      display: () => `<${packageName}>`,
      getAttr: (name) => this.macro(packageName, name),
      // A mapping, as in dbt: names that begin with an underscore are found too.
      getItem: (name) => (typeof name === 'string' ? this.macro(packageName, name) : undefined),
      isMapping: true,
    };
  }
}
