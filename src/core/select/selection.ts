import type { IndirectSelection } from './indirectTests.ts';

/** One criterion: `2+tag:daily+1`, `@orders`. */
export interface Criterion {
  readonly kind: 'criterion';
  readonly method: Method;
  /** What follows the method's dot: `materialized` in `config.materialized:view`. */
  readonly argument: string | undefined;
  readonly value: string;
  /** How many steps of parents and children to add; undefined for none. */
  readonly parents: number | undefined;
  readonly children: number | undefined;
  /** `@`: children, and all parents of those. */
  readonly childrensParents: boolean;
  /** Which tests join what the criterion meets; undefined for what the command line says. */
  readonly indirect: IndirectSelection | undefined;
}

/** Selections put together; of a difference the first is what the others are taken from. */
export interface Combination {
  readonly kind: 'union' | 'intersection' | 'difference';
  readonly of: readonly Selection[];
  /**
   * True where tests that wait for their other parents are looked at again when the parts are put together, as the
   * command line says: dbt does so for `--select` and `--exclude`, not in selectors.yml (core/dbt/graph/cli.py).
   */
  readonly takesWaiting: boolean;
  /** The words of the command line that must meet something, for the warning when they do not. */
  readonly expected: string | undefined;
}

export type Selection = Criterion | Combination;

/** dbt's selection methods (core/dbt/graph/selector_methods.py). */
export const methods = [
  'access',
  'config',
  'exposure',
  'file',
  'fqn',
  'group',
  'metric',
  'package',
  'path',
  'resource_type',
  'result',
  'saved_query',
  'semantic_model',
  'source',
  'source_status',
  'state',
  'tag',
  'test_name',
  'test_type',
  'unit_test',
  'version',
] as const;
export type Method = (typeof methods)[number];

/** The methods that take one of a few values only; dbt refuses any other (core/dbt/graph/selector_methods.py). */
export const valuesOfMethods: Readonly<Partial<Record<Method, readonly string[]>>> = {
  resource_type: [
    'model',
    'analysis',
    'test',
    'snapshot',
    'operation',
    'seed',
    'rpc',
    'sql_operation',
    'doc',
    'source',
    'macro',
    'exposure',
    'metric',
    'group',
    'saved_query',
    'semantic_model',
    'unit_test',
    'fixture',
    'function',
  ],
  test_type: ['generic', 'singular', 'unit', 'data', 'schema'],
  // The latest, one after it, one before it, and models without versions.
  version: ['latest', 'prerelease', 'old', 'none'],
};

/** True for the name of one of dbt's selection methods. */
export function isMethod(name: string): name is Method {
  return methods.some((one) => one === name);
}
