import { failure } from '../jinja/values/jinjaFailure.ts';
import { isTruthy } from '../jinja/values/iterate.ts';
import {
  hostFunction,
  list,
  tuple,
  type JinjaCallable,
  type JinjaObject,
  type JinjaValue,
} from '../jinja/values/value.ts';
import type { Target } from '../project/target.ts';
import { columnObject } from './columnObject.ts';
import type { CompileEnvironment, ExistingColumn } from './compileEnvironment.ts';
import { dispatchNames, dispatchPackages, type MacroScope } from './macroScope.ts';
import { namespaceObject } from './namespaceObject.ts';
import { embeddedName, quoteForAdapter, renderRelation, type Relation } from './relation.ts';
import { relationArgument } from './relationArgument.ts';
import { relationObject } from './relationObject.ts';
import { statementResult } from './statementResult.ts';
import type { TemplateContext } from './templateContext.ts';
import { textArgument } from './textArgument.ts';

/** `adapter`: dispatch, and what templates ask and change of the database; whatever else is asked is refused by name. */
export function adapterObject(
  target: Target,
  environment: CompileEnvironment,
  context: TemplateContext,
  macros: MacroScope,
): JinjaObject {
  const strategies = incrementalStrategies[target.type];
  const functions = [
    ...lookups(target, environment),
    ...changes(target, environment),
    dispatchFunction(target, context, macros),
    hostFunction('type', () => target.type),
    hostFunction('quote', (args) => quoteForAdapter(textArgument('adapter.quote', 'the name', args[0]), target.type)),
    hostFunction('quote_as_configured', (args) =>
      quoteForAdapter(textArgument('adapter.quote_as_configured', 'the name', args[0]), target.type),
    ),
    hostFunction('quote_seed_column', (args, kwargs) => {
      const column = textArgument('adapter.quote_seed_column', 'the column', args[0] ?? kwargs.get('column'));
      const isQuoted = args[1] ?? kwargs.get('quote_config') ?? null;
      return isQuoted === false ? column : quoteForAdapter(column, target.type);
    }),
    ...(strategies === undefined ? [] : [hostFunction('valid_incremental_strategies', () => list([...strategies]))]),
    // There is no cache of relations that could be told.
    ...['cache_added', 'cache_dropped', 'cache_renamed'].map((name) => hostFunction(name, () => '')),
    hostFunction('execute', (args, kwargs) => {
      const sql = textArgument('adapter.execute', 'the SQL', args[0] ?? kwargs.get('sql'));
      const fetch = isTruthy(args[2] ?? kwargs.get('fetch') ?? false);
      const { response, table } = statementResult(environment, sql, fetch);
      return tuple([response, table]);
    }),
  ];
  const members = new Map<string, JinjaValue>(functions.map((one) => [one.name, one]));
  members.set('behavior', behavior);
  return {
    ...namespaceObject('adapter', members),
    getAttr: (name) => members.get(name) ?? notOffered(`adapter.${name}`),
  };
}

/** The strategies of the adapters that offer them to templates (impl.py of dbt-duckdb and dbt-databricks). */
const incrementalStrategies: Readonly<Record<string, readonly string[]>> = {
  databricks: ['append', 'merge', 'insert_overwrite', 'replace_where', 'delete+insert', 'microbatch'],
  duckdb: ['append', 'delete+insert', 'merge', 'microbatch'],
};

/** Flags of adapters' behaviour, all of them off as in a new project. */
const behavior: JinjaObject = {
  kind: 'object',
  typeName: 'Behavior',
  display: () => '<Behavior>',
  getAttr: () => ({
    kind: 'object',
    typeName: 'BehaviorFlag',
    display: () => 'False',
    truthy: () => false,
    getAttr: (name) => (name === 'no_warn' || name === 'setting' ? false : undefined),
  }),
};

function dispatchFunction({ type }: Target, context: TemplateContext, macros: MacroScope): JinjaCallable {
  return hostFunction('dispatch', (args, kwargs) => {
    const name = textArgument('adapter.dispatch', 'the macro name', args[0] ?? kwargs.get('macro_name'));
    const given = args[1] ?? kwargs.get('macro_namespace') ?? null;
    const namespace = given === null ? undefined : textArgument('adapter.dispatch', 'the macro namespace', given);
    const tried: string[] = [];
    for (const packageName of dispatchPackages(macros, namespace)) {
      for (const one of dispatchNames(name, type)) {
        const macro = context.macro(packageName, one);
        if (macro !== undefined) return macro;
        tried.push(packageName === undefined ? one : `${packageName}.${one}`);
      }
    }
    throw failure('compile.badCall', {
      detail: `adapter.dispatch finds no macro for "${name}": there is none of ${tried.join(', ')}.`,
    });
  });
}

/** What templates ask of relations and their columns. */
function lookups(target: Target, { existing }: CompileEnvironment): readonly JinjaCallable[] {
  const kindOf = (relation: Relation): 'table' | 'view' | undefined => existing?.kindOf(embeddedName(relation, target));
  const columnsOf = (relation: Relation): readonly ExistingColumn[] =>
    existing?.columnsOf(embeddedName(relation, target)) ?? [];
  const getRelation = hostFunction('get_relation', (args, kwargs) => {
    const part = (at: number, name: keyof Relation): string =>
      textArgument('adapter.get_relation', `the ${name}`, args[at] ?? kwargs.get(name) ?? null);
    const relation = {
      database: (args[0] ?? kwargs.get('database') ?? null) === null ? target.database : part(0, 'database'),
      schema: part(1, 'schema'),
      identifier: part(2, 'identifier'),
    };
    const kind = kindOf(relation);
    return kind === undefined ? null : relationObject(relation, target, kind);
  });
  return [
    getRelation,
    hostFunction('get_columns_in_relation', (args, kwargs) =>
      list(
        columnsOf(relationArgument('adapter.get_columns_in_relation', args[0] ?? kwargs.get('relation'))).map((one) =>
          columnObject(one, target.type),
        ),
      ),
    ),
    hostFunction('get_missing_columns', (args, kwargs) => {
      const from = columnsOf(relationArgument('adapter.get_missing_columns', args[0] ?? kwargs.get('from_relation')));
      const to = columnsOf(relationArgument('adapter.get_missing_columns', args[1] ?? kwargs.get('to_relation')));
      const known = new Set(to.map(({ name }) => name));
      return list(from.filter(({ name }) => !known.has(name)).map((one) => columnObject(one, target.type)));
    }),
    hostFunction('already_exists', (args) => {
      const schema = textArgument('adapter.already_exists', 'the schema', args[0]);
      const identifier = textArgument('adapter.already_exists', 'the name', args[1]);
      return kindOf({ database: target.database, schema, identifier }) !== undefined;
    }),
    // Schemas are parts of names in the one file, and so there are all of them.
    hostFunction('check_schema_exists', () => true),
  ];
}

/** What templates change of relations; schemas are parts of names, so that there is nothing to make of them. */
function changes(target: Target, environment: CompileEnvironment): readonly JinjaCallable[] {
  const kindOf = (relation: Relation): 'table' | 'view' | undefined =>
    environment.existing?.kindOf(embeddedName(relation, target));
  const run = (sql: string): null => {
    statementResult(environment, sql, false);
    return null;
  };
  return [
    hostFunction('drop_relation', (args, kwargs) => {
      const relation = relationArgument('adapter.drop_relation', args[0] ?? kwargs.get('relation'));
      return run(`drop ${kindOf(relation) ?? 'table'} if exists ${renderRelation(relation, target)}`);
    }),
    hostFunction('truncate_relation', (args, kwargs) => {
      const relation = relationArgument('adapter.truncate_relation', args[0] ?? kwargs.get('relation'));
      return run(`delete from ${renderRelation(relation, target)}`);
    }),
    hostFunction('rename_relation', (args, kwargs) => {
      const from = relationArgument('adapter.rename_relation', args[0] ?? kwargs.get('from_relation'));
      const to = relationArgument('adapter.rename_relation', args[1] ?? kwargs.get('to_relation'));
      const name = quoteForAdapter(embeddedName(to, target), target.type);
      return run(`alter ${kindOf(from) ?? 'table'} ${renderRelation(from, target)} rename to ${name}`);
    }),
    hostFunction('create_schema', () => null),
    hostFunction('commit', () => {
      environment.committed?.();
      return null;
    }),
    hostFunction('expand_target_column_types', () => null),
  ];
}

function notOffered(name: string): JinjaCallable {
  return hostFunction(name, () => {
    throw failure('compile.notOffered', { name: `${name}()` });
  });
}
