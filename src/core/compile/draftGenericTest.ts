import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearestName } from '../diagnostics/nearestName.ts';
import { tagsOf, type NodeConfig } from '../project/nodeConfig.ts';
import { notRunPackage } from '../project/notRun.ts';
import { builtinPackage } from './builtinMacros.ts';
import { isEnabled, testConfig, verdictRule, type Drafting } from './drafting.ts';
import { templateOf, type DeclaredTest } from './genericTests.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { failuresConfig } from './failuresConfig.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { findMacro, macroId, macroOf, type MacroDefinition } from './macroScope.ts';
import { belowResourcePath, fqnOf, nodeConfigOf, unrenderedConfigOf } from './nodePlace.ts';
import { parseTemplateNode, type ParsedTemplate } from './parseTemplateNode.ts';

/** Reads a generic test; its faults point at the place in the YAML where it is written. */
export function draftGenericTest(drafting: Drafting, declared: DeclaredTest): NodeDraft {
  const { project, names } = drafting;
  const { properties, attachedNode, kwargs } = declared.generic;
  const { name: packageName } = project.config;
  const fqn = fqnOf(packageName, belowResourcePath(project, properties.file), declared.name);
  const outside = nodeConfigOf(drafting, 'data_tests', fqn, declared.config);
  const template = templateOf(declared).value;
  const macro = testMacro(drafting, declared);
  const known = macro !== undefined;
  const named = {
    resourceType: 'test' as const,
    uniqueId: declared.uniqueId,
    name: declared.name,
    packageName,
    path: `${declared.alias}.sql`,
    originalFilePath: properties.file,
    fqn,
  };
  const parsed: ParsedTemplate = !known
    ? plainReads(declared)
    : isPlain(macro) && Object.keys(kwargs).every((name) => name === 'model' || name === 'column_name')
      ? plainReads(declared)
      : parseTemplateNode({
          ...drafting,
          template,
          node: named,
          relation: names.relationOf(named, failuresConfig(outside, declared.alias)),
          config: outside,
          testKwargs: kwargs,
        });
  const own = configOfCode(macro, declared, parsed);
  const config = testConfig(nodeConfigOf(drafting, 'data_tests', fqn, declared.config, own));
  const relation = names.relationOf(named, failuresConfig(config, declared.alias));
  const inYaml = <T>(found: T): T => ({ ...found, file: properties.file, range: properties.range });
  const diagnostics: readonly Diagnostic[] = known
    ? [...missingArguments(macro, declared), ...parsed.diagnostics.map(inYaml)]
    : [unknownTest(drafting, declared)];
  return {
    node: {
      ...named,
      range: properties.range,
      description: properties.description,
      patchPath: undefined,
      macroIds: calledMacros(macro, parsed),
      config,
      unrenderedConfig: unrenderedConfigOf(drafting, 'data_tests', fqn, declared.config, own),
      tags: testTags(declared, config),
      dependsOn: [],
      alias: declared.alias,
      failuresRelation: relation,
      rawCode: declared.rawCode,
      refs: parsed.refs.map(({ call }) => (isPlain(macro) ? { ...call, version: declared.version } : call)),
      sources: parsed.sources.map((use) => use.call),
      verdictRule: verdictRule(config),
      generic: declared.generic,
      checksum: undefined,
      template,
    },
    refs: parsed.refs.map(inYaml),
    sources: parsed.sources.map(inYaml),
    reads: [attachedNode],
    enabled: (known || !isOfPackageNotRun(drafting, declared)) && isEnabled(config),
    diagnostics,
  };
}

function isOfPackageNotRun({ project }: Drafting, { generic: { properties } }: DeclaredTest): boolean {
  return notRunPackage(project.notRun, properties.namespace ?? '') !== undefined;
}

/** A test whose macro is not there fails alone; that of a package which is not installed is left out. */
function unknownTest(drafting: Drafting, declared: DeclaredTest): Diagnostic {
  const { properties } = declared.generic;
  const { namespace, testName } = properties;
  if (isOfPackageNotRun(drafting, declared)) {
    return diagnostic('compile.packageNotRun', { name: namespace ?? '' }, properties, { severity: 'warning' });
  }
  const name = [namespace, testName].filter((part) => part !== undefined).join('.');
  return diagnostic(
    'compile.unknownTest',
    { name, near: nearestName(testName, genericTestNames(drafting)) },
    properties,
  );
}

/**
 * What the code of a test configures: what stands in its macro, and then what it is given, which lists have twice. dbt
 * does not look into the code of `unique` and `not_null` (dbt-core: parser/schema_generic_tests.py, render_test_update).
 */
function configOfCode(
  macro: MacroDefinition | undefined,
  { generic: { properties } }: DeclaredTest,
  parsed: ParsedTemplate,
): NodeConfig {
  const isPlain = macro?.packageName === builtinPackage && ['unique', 'not_null'].includes(properties.testName);
  return isPlain ? {} : parsed.config;
}

/** The tags from above and of the test in alphabetical order, then what else configures it (same file, create_test_node). */
function testTags({ config: inYaml, tagsAbove }: DeclaredTest, config: NodeConfig): readonly string[] {
  return [...new Set([...[...tagsAbove, ...tagsOf(inYaml)].sort(), ...tagsOf(config)])];
}

/** The macro of a test: that of the package before its dot, or the one that its name means where it is written. */
function testMacro(
  { macros, project }: Drafting,
  { generic: { properties } }: DeclaredTest,
): MacroDefinition | undefined {
  const { testName, namespace } = properties;
  const name = `test_${testName}`;
  return namespace === undefined ? findMacro(macros, name, project.config.name) : macroOf(macros, namespace, name);
}

/** dbt's own tests cannot do without their arguments; a project's may have them undefined. */
function missingArguments(macro: MacroDefinition, { generic }: DeclaredTest): readonly Diagnostic[] {
  const { properties, kwargs } = generic;
  if (macro.packageName !== builtinPackage) return [];
  const needed = macro.definition.node.parameters.filter((one) => one.default === undefined);
  const missing = needed.map((one) => one.name).filter((name) => !Object.hasOwn(kwargs, name));
  if (missing.length === 0) return [];
  return [diagnostic('compile.testArguments', { testName: properties.testName, missing }, properties)];
}

function genericTestNames({ macros }: Drafting): readonly string[] {
  const named = macros.definitions.filter(({ definition }) => definition.kind === 'test');
  return named.map(({ name }) => name.slice('test_'.length));
}

/** dbt does not render its tests for null and for unique values when it reads them (parser/schema_generic_tests.py). */
function isPlain(macro: MacroDefinition | undefined): boolean {
  const id: string = macro === undefined ? '' : macroId(macro);
  return id === 'macro.dbt.test_unique' || id === 'macro.dbt.test_not_null';
}

const nothingRead: ParsedTemplate = { refs: [], sources: [], config: {}, written: {}, macroIds: [], diagnostics: [] };

/** What a test reads whose code need not be looked into. */
function plainReads({ reads, generic: { properties } }: DeclaredTest): ParsedTemplate {
  const { file, range } = properties;
  return reads.kind === 'ref'
    ? { ...nothingRead, refs: [{ call: reads.call, file, range }] }
    : { ...nothingRead, sources: [{ call: reads.call, file, range }] };
}

function calledMacros(macro: MacroDefinition | undefined, { macroIds }: ParsedTemplate): readonly UniqueId[] {
  if (macro === undefined) return [];
  const own = macroId(macro);
  return isPlain(macro) ? [own] : [own, ...macroIds.filter((id) => id !== own)];
}
