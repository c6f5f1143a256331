import type { CodeDefinition } from './codeDefinition.ts';

const didYouMean = (near: string | undefined): string => (near === undefined ? '' : ` Did you mean "${near}"?`);

/** Faults found by compiling models: refs, sources, configs, the graph and the selection. */
export const compileCodes = {
  'compile.unknownRef': {
    severity: 'error',
    message: (p: { readonly name: string; readonly near: string | undefined }) =>
      `There is no model or seed named "${p.name}".${didYouMean(p.near)}`,
  },
  'compile.refNotRun': {
    severity: 'error',
    message: (p: { readonly name: string; readonly kind: string }) =>
      `"${p.name}" is a ${p.kind}, which the embedded engine does not run yet: this model cannot be built.`,
  },
  'compile.undeclaredRef': {
    severity: 'error',
    message: (p: { readonly call: string }) =>
      `${p.call} is only reached when this is run, so that nobody knows before what it reads. Add this line to the file: -- depends_on: {{ ${p.call} }}`,
  },
  'compile.packageNotRun': {
    severity: 'error',
    message: (p: { readonly name: string }) =>
      `This uses the package "${p.name}", which is not installed: it cannot be run. Where there is a network, dbt deps puts it into the project.`,
  },
  'compile.needsDatabase': {
    severity: 'error',
    message: () => 'This asks the database while it is compiled, and here there is none to ask.',
  },
  'compile.statementFailed': {
    severity: 'error',
    message: (p: { readonly detail: string }) => `The statement of this template failed: ${p.detail}`,
  },
  'compile.testArguments': {
    severity: 'error',
    message: (p: { readonly testName: string; readonly missing: readonly string[] }) =>
      `The test ${p.testName} needs ${p.missing.map((name) => `"${name}"`).join(' and ')}: write it under its arguments.`,
  },
  'compile.unknownSource': {
    severity: 'error',
    message: (p: { readonly sourceName: string; readonly name: string; readonly near: string | undefined }) =>
      `There is no source table "${p.sourceName}.${p.name}": declare it under sources: in a YAML file.${didYouMean(p.near)}`,
  },
  'compile.unknownDoc': {
    severity: 'error',
    message: (p: { readonly name: string; readonly near: string | undefined }) =>
      `There is no docs block named "${p.name}".${didYouMean(p.near)}`,
  },
  'compile.unknownGroup': {
    severity: 'error',
    message: (p: { readonly name: string; readonly known: readonly string[] }) =>
      `There is no group named "${p.name}". ${p.known.length === 0 ? 'No group is declared.' : `There are: ${p.known.join(', ')}.`}`,
  },
  'compile.privateRef': {
    severity: 'error',
    message: (p: { readonly id: string; readonly read: string; readonly group: string }) =>
      `Node ${p.id} attempted to reference node ${p.read}, which is not allowed because the referenced node is private to the '${p.group}' group.`,
  },
  'compile.access': {
    severity: 'error',
    message: (p: { readonly access: string; readonly materialized: string }) =>
      p.materialized === 'ephemeral'
        ? `A model that is ephemeral cannot have the access ${p.access}, since nothing is built that others could read.`
        : `The access of a model is one of private, protected and public, and not "${p.access}".`,
  },
  'compile.disabledRef': {
    severity: 'error',
    message: (p: { readonly name: string }) => `"${p.name}" is disabled by its config (enabled: false).`,
  },
  'compile.unknownTest': {
    severity: 'warning',
    message: (p: { readonly name: string; readonly near: string | undefined }) =>
      `There is no generic test named "${p.name}".${didYouMean(p.near)}`,
  },
  'compile.unitTestModel': {
    severity: 'error',
    message: (p: { readonly name: string; readonly model: string; readonly near: string | undefined }) =>
      `The unit test "${p.name}" is for the model "${p.model}", which does not exist.${didYouMean(p.near)}`,
  },
  'compile.unitTestRows': {
    severity: 'error',
    message: (p: { readonly name: string; readonly detail: string }) =>
      `The unit test "${p.name}" has no rows to run with: ${p.detail}.`,
  },
  'compile.unitTestIncremental': {
    severity: 'error',
    message: (p: { readonly name: string; readonly model: string; readonly missing: 'override' | 'this' }) =>
      p.missing === 'override'
        ? `The model "${p.model}" calls is_incremental(): say in the unit test "${p.name}" whether it is, under overrides: macros: is_incremental.`
        : `The unit test "${p.name}" runs "${p.model}" as an incremental model: give it the rows that are there already, with the input "this".`,
  },
  'compile.unitTestVersions': {
    severity: 'error',
    message: (p: { readonly name: string; readonly model: string; readonly isVersioned: boolean }) =>
      p.isVersioned
        ? `The unit test "${p.name}" is for versions of "${p.model}" that do not exist.`
        : `The unit test "${p.name}" names versions, and the model "${p.model}" has none.`,
  },
  'compile.unitTestInput': {
    severity: 'error',
    message: (p: { readonly test: string; readonly input: string }) =>
      `The unit test "${p.test}" gives rows for ${p.input}, which is no model, seed, snapshot or source of the project.`,
  },
  'compile.unitTestNotGiven': {
    severity: 'error',
    message: (p: { readonly test: string; readonly call: string }) =>
      `The tested model reads ${p.call}, for which the unit test "${p.test}" gives no rows: add it under given.`,
  },
  'compile.fixtureWithoutTable': {
    severity: 'error',
    message: (p: { readonly name: string; readonly relation: string }) =>
      `The columns of "${p.name}" are not known, because ${p.relation} does not exist: build it first, or write its rows with the format sql.`,
  },
  'compile.fixtureColumn': {
    severity: 'error',
    message: (p: { readonly name: string; readonly fixture: string; readonly known: readonly string[] }) =>
      `A row of the fixture for ${p.fixture} has a column "${p.name}" that is not there. There are: ${p.known.join(', ')}.`,
  },
  'compile.propertiesOfNothing': {
    severity: 'warning',
    message: (p: { readonly kind: string; readonly name: string }) =>
      `"${p.name}" is described under ${p.kind}, but there is no such file in the project.`,
  },
  'compile.unusedConfigPaths': {
    severity: 'warning',
    message: (p: { readonly paths: readonly string[] }) =>
      `Nothing in the project is configured by ${p.paths.join(', ')}: there is no such folder or node. Correct the path, or remove it.`,
  },
  'compile.duplicateName': {
    severity: 'error',
    message: (p: { readonly kind: string; readonly name: string; readonly others: readonly string[] }) =>
      `Two ${p.kind} are named "${p.name}", so ref("${p.name}") would be unclear: rename one (the other is ${p.others.join(', ')}).`,
  },
  'compile.duplicateRelation': {
    severity: 'error',
    message: (p: { readonly relation: string; readonly other: string }) =>
      `This would be built as ${p.relation}, and so would ${p.other}: give one of them another alias or schema.`,
  },
  'compile.reservedRelation': {
    severity: 'error',
    message: (p: { readonly relation: string }) =>
      `"${p.relation}" is the name of a table of the embedded engine's own: choose another name or alias.`,
  },
  'compile.duplicateTest': {
    severity: 'warning',
    message: (p: { readonly name: string }) => `The test "${p.name}" is written twice; it is run once.`,
  },
  'compile.cycle': {
    severity: 'error',
    message: (p: { readonly trail: readonly string[] }) =>
      `These models read each other in a circle: ${[...p.trail, p.trail[0]].join(' → ')}. Remove one of the refs.`,
  },
  'compile.unsupportedMaterialization': {
    severity: 'error',
    message: (p: { readonly materialized: string; readonly adapter: string }) =>
      `The embedded engine does not build the materialization "${p.materialized}" of ${p.adapter}: it builds table, view, incremental and ephemeral, and those that the project or a package writes as macros.`,
  },
  'compile.unknownMaterialization': {
    severity: 'error',
    message: (p: { readonly materialized: string; readonly adapter: string }) =>
      `No materialization "${p.materialized}" was found for the adapter ${p.adapter}: it is written as {% materialization ${p.materialized}, default %} in the project or a package.`,
  },
  'compile.grantsIgnored': {
    severity: 'information',
    message: (p: { readonly nodes: number }) =>
      `The embedded database has no users: the grants of ${String(p.nodes)} ${p.nodes === 1 ? 'node' : 'nodes'} are not given.`,
  },
  'compile.builtAsTable': {
    severity: 'information',
    message: (p: { readonly materialized: string }) =>
      `The embedded engine builds what is materialized as ${p.materialized} as a table, with the rows of the moment of the run.`,
  },
  'compile.materializationNotUsed': {
    severity: 'warning',
    message: (p: { readonly name: string }) =>
      `The materialization "${p.name}" of the project is not used by the embedded engine, which has its own.`,
  },
  'compile.notCommitted': {
    severity: 'warning',
    message: (p: { readonly name: string; readonly adapter: string }) =>
      `The materialization "${p.name}" does not call adapter.commit(): on ${p.adapter} what it made is undone.`,
  },
  'compile.materializationResult': {
    severity: 'error',
    message: (p: { readonly name: string; readonly detail: string }) => `The materialization "${p.name}" ${p.detail}.`,
  },
  'compile.snapshotConfig': {
    severity: 'error',
    message: (p: { readonly detail: string }) => p.detail,
  },
  'compile.snapshotStrategy': {
    severity: 'warning',
    message: (p: { readonly strategy: string }) =>
      `The embedded engine has the snapshot strategies timestamp and check, and not "${p.strategy}".`,
  },
  'compile.microbatchConfig': {
    severity: 'error',
    message: (p: { readonly detail: string }) => p.detail,
  },
  'compile.microbatchUnfiltered': {
    severity: 'warning',
    message: (p: { readonly name: string }) =>
      `The microbatch model '${p.name}' has no 'ref' or 'source' input with an 'event_time' configuration. \nThis means no filtering can be applied and can result in unexpected duplicate records in the resulting microbatch model.`,
  },
  'compile.batchesNotConcurrent': {
    severity: 'warning',
    message: (p: { readonly models: number; readonly adapter: string }) =>
      `Found ${p.models} microbatch model${p.models === 1 ? '' : 's'} with the \`concurrent_batches\` config set to true, but the ${p.adapter} adapter does not support running batches concurrently. Batches will be run sequentially.`,
  },
  'compile.unsupportedStrategy': {
    severity: 'error',
    message: (p: { readonly detail: string }) => p.detail,
  },
  'compile.hookFailed': {
    severity: 'error',
    message: (p: { readonly hook: string; readonly detail: string }) => `The ${p.hook} failed: ${p.detail}`,
  },
  'compile.requiredVar': {
    severity: 'error',
    message: (p: { readonly name: string }) =>
      `The var "${p.name}" has no value: set it under vars: in dbt_project.yml, with --vars, or give var() a default.`,
  },
  'compile.requiredEnvVar': {
    severity: 'error',
    message: (p: { readonly name: string }) =>
      `The environment variable "${p.name}" is not set, and env_var() has no default for it.`,
  },
  'compile.raised': {
    severity: 'error',
    message: (p: { readonly detail: string }) => p.detail,
  },
  'compile.badCall': {
    severity: 'error',
    message: (p: { readonly detail: string }) => p.detail,
  },
  'compile.notOffered': {
    severity: 'error',
    message: (p: { readonly name: string }) => `The embedded engine does not offer ${p.name} yet.`,
  },
  'compile.configValue': {
    severity: 'error',
    message: (p: { readonly key: string; readonly value: string; readonly expected: string }) =>
      `The config "${p.key}" is ${p.expected}, and not ${p.value}.`,
  },
  'compile.describedTwice': {
    severity: 'error',
    message: (p: { readonly name: string; readonly kind: string; readonly other: string }) =>
      `"${p.name}" is described twice under ${p.kind}: put both into one entry (the other is in ${p.other}).`,
  },
  'compile.duplicateMacro': {
    severity: 'error',
    message: (p: { readonly name: string; readonly other: string }) =>
      `Two macros of one project are named "${p.name}": rename one (the other is in ${p.other}).`,
  },
  'compile.contractColumns': {
    severity: 'error',
    message: () =>
      'A contract is enforced for columns that a YAML file declares, and none declares any for this model.',
  },
  'compile.contractSchemaChange': {
    severity: 'error',
    message: (p: { readonly value: string }) =>
      `An incremental model with an enforced contract needs the on_schema_change append_new_columns or fail; it has ${p.value}.`,
  },
  'compile.primaryKeyTwice': {
    severity: 'error',
    message: () =>
      'The primary key is declared more than once: declare it for one column, or with all its columns for the model.',
  },
  'compile.singularTestSemicolon': {
    severity: 'warning',
    message: () => 'A test is one query without a semicolon at its end: remove the semicolon.',
  },
  'compile.selectorValue': {
    severity: 'error',
    message: (p: { readonly method: string; readonly value: string; readonly values: readonly string[] }) =>
      `"${p.method}:${p.value}" selects nothing: ${p.method} is one of ${p.values.join(', ')}.`,
  },
  'compile.unknownSelectorMethod': {
    severity: 'error',
    message: (p: { readonly raw: string; readonly method: string; readonly methods: readonly string[] }) =>
      `"${p.method}" in "${p.raw}" is not a valid method name. Known: ${p.methods.join(', ')}.`,
  },
  'compile.selectorSyntax': {
    severity: 'error',
    message: (p: { readonly raw: string }) => `Invalid selector "${p.raw}": "@" cannot stand with a "+" at the end.`,
  },
  'compile.unknownSelector': {
    severity: 'error',
    message: (p: { readonly name: string; readonly names: readonly string[] }) =>
      `Could not find selector named ${p.name}, expected one of [${p.names.map((name) => `'${name}'`).join(', ')}]`,
  },
  'compile.withoutState': {
    severity: 'error',
    message: (p: { readonly detail: string }) => `${p.detail}: --state DIR names the folder of the artifacts.`,
  },
  'compile.stateValue': {
    severity: 'error',
    message: (p: { readonly value: string; readonly known: readonly string[] }) =>
      `Got an invalid selector "${p.value}", expected one of "${p.known.join(', ')}"`,
  },
  'compile.selectsNothing': {
    severity: 'warning',
    message: (p: { readonly raw: string }) => `The selection criterion '${p.raw}' does not match any enabled nodes`,
  },
} as const satisfies Record<string, CodeDefinition>;
