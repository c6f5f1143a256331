import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { nearestName } from '../diagnostics/nearestName.ts';
import { mergeConfigs, tagsOf } from '../project/nodeConfig.ts';
import { notRunPackage } from '../project/notRun.ts';
import { builtinPackage } from './builtinMacros.ts';
import { isEnabled, verdictRule, type Drafting } from './drafting.ts';
import { templateOf, type DeclaredTest } from './genericTests.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { fqnOf, projectConfigOf, relationOf } from './nodePlace.ts';
import { parseTemplateNode, type ParsedTemplate } from './parseTemplateNode.ts';

/** Reads a generic test; its faults point at the place in the YAML where it is written. */
export function draftGenericTest(drafting: Drafting, declared: DeclaredTest): NodeDraft {
  const { project, macros } = drafting;
  const { properties, attachedNode, kwargs } = declared.generic;
  const fqn = fqnOf(project.config.name, properties.file.split('/').slice(1).join('/'), declared.name);
  const outside = projectConfigOf(project, 'data_tests', fqn);
  const config = mergeConfigs(outside, declared.config);
  const template = templateOf(declared).value;
  const known = testMacro(drafting, declared);
  const relation = relationOf(project, declared.alias, {});
  const parsed: ParsedTemplate = known
    ? parseTemplateNode({ ...drafting, template, relation, config, testKwargs: kwargs })
    : { refs: [], sources: [], config: {}, diagnostics: [] };
  const inYaml = <T>(found: T): T => ({ ...found, file: properties.file, range: properties.range });
  const left = notRunPackage(project.notRun, properties.namespace ?? '');
  const leftOut = diagnostic('compile.packageNotRun', { name: properties.namespace ?? '' }, properties, {
    severity: 'warning',
  });
  const unknown = diagnostic(
    'compile.unknownTest',
    {
      name: [properties.namespace, properties.testName].filter((part) => part !== undefined).join('.'),
      near: nearestName(properties.testName, genericTestNames(macros)),
    },
    properties,
  );
  const diagnostics: readonly Diagnostic[] = known
    ? [...missingArguments(drafting, declared), ...parsed.diagnostics.map(inYaml)]
    : [left === undefined ? unknown : leftOut];
  return {
    node: {
      resourceType: 'test',
      uniqueId: declared.uniqueId,
      name: declared.name,
      packageName: project.config.name,
      path: `${declared.alias}.sql`,
      originalFilePath: properties.file,
      range: properties.range,
      fqn,
      description: properties.description,
      config,
      tags: tagsOf(config),
      dependsOn: [],
      alias: declared.alias,
      rawCode: declared.rawCode,
      refs: parsed.refs.map((use) => use.call),
      sources: parsed.sources.map((use) => use.call),
      verdictRule: verdictRule(config),
      generic: declared.generic,
      checksum: undefined,
      template,
    },
    refs: parsed.refs.map(inYaml),
    sources: parsed.sources.map(inYaml),
    reads: [attachedNode],
    enabled: known && isEnabled(config),
    diagnostics,
  };
}

function testMacro({ macros }: Drafting, { generic: { properties } }: DeclaredTest): boolean {
  const macro = macros.byName.get(`test_${properties.testName}`);
  return macro !== undefined && (properties.namespace === undefined || properties.namespace === macro.packageName);
}

/** dbt's own tests cannot do without their arguments; a project's may have them undefined. */
function missingArguments({ macros }: Drafting, { generic }: DeclaredTest): readonly Diagnostic[] {
  const { properties, kwargs } = generic;
  const macro = macros.byName.get(`test_${properties.testName}`);
  if (macro?.packageName !== builtinPackage) return [];
  const needed = macro.definition.node.parameters.filter((one) => one.default === undefined);
  const missing = needed.map((one) => one.name).filter((name) => !Object.hasOwn(kwargs, name));
  if (missing.length === 0) return [];
  return [diagnostic('compile.testArguments', { testName: properties.testName, missing }, properties)];
}

function genericTestNames({ byName }: Drafting['macros']): readonly string[] {
  return [...byName.keys()].filter((name) => name.startsWith('test_')).map((name) => name.slice('test_'.length));
}
