import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { mergeConfigs } from './nodeConfig.ts';
import { plainMapAt, textList, type PlainMap } from './plainValue.ts';
import type {
  ColumnProperties,
  ExposureProperties,
  GroupProperties,
  MacroProperties,
  NodeProperties,
  Properties,
  SourceProperties,
} from './properties.ts';
import { readConstraints } from './readConstraints.ts';
import { readTests } from './readTestProperties.ts';
import { readUnitTest } from './readUnitTest.ts';
import { freshnessConfigs } from './sourceFreshness.ts';
import { renderProperties } from './renderProperties.ts';
import type { RenderText } from './renderYaml.ts';
import { entryFault, exposureFault, freshnessFault, latestVersionFault, ownerFault } from './propertyFaults.ts';
import { latestVersion, ownColumns, versionColumns, versionConfig, versionOf } from './modelVersions.ts';
import type { UnitTestProperties } from './unitTestProperties.ts';
import { entryOf, itemsOf, parseYaml, plainMapOf, plainOf, textOf, type YamlNode } from './yamlNode.ts';

const nodeKinds = ['models', 'seeds', 'snapshots', 'analyses', 'data_tests'] as const;

/** Reads one properties file, with its Jinja rendered; what can be read of a faulty file is kept. */
export function readProperties(text: string, file: string, render: RenderText): Outcome<Properties> {
  const { value: written, diagnostics } = parseYaml(text, file);
  const rendered = written === undefined ? undefined : renderProperties(written, render);
  const root = rendered?.value;
  const reader = new PropertiesReader(file, text, [...diagnostics, ...(rendered?.diagnostics ?? [])]);
  if (root !== undefined && root.kind !== 'map')
    reader.fault(root, 'project.notAMapping', { where: 'a properties file' });
  return { value: reader.read(root), diagnostics: reader.diagnostics };
}

class PropertiesReader {
  readonly #file: string;
  readonly #text: string;
  readonly diagnostics: Diagnostic[];

  constructor(file: string, text: string, diagnostics: Diagnostic[]) {
    this.#file = file;
    this.#text = text;
    this.diagnostics = diagnostics;
  }

  read(root: YamlNode | undefined): Properties {
    return {
      nodes: nodeKinds.flatMap((kind) =>
        this.#named(nodesOf(root, kind), kind).flatMap((node) => this.#versions(node, this.#node(kind, node))),
      ),
      sources: this.#named(entryOf(root, 'sources'), 'sources').flatMap((node) => this.#source(node)),
      exposures: this.#named(entryOf(root, 'exposures'), 'exposures').map((node) => this.#exposure(node)),
      groups: this.#named(entryOf(root, 'groups'), 'groups').map((node) => this.#group(node)),
      macros: this.#named(entryOf(root, 'macros'), 'macros').map((node) => this.#macro(node)),
      unitTests: this.#named(entryOf(root, 'unit_tests'), 'unit_tests').flatMap((node) => this.#unitTest(node)),
    };
  }

  fault(node: YamlNode, code: 'project.notAMapping' | 'project.notAList', params: { where: string }): void {
    this.diagnostics.push(diagnostic(code, params, { file: this.#file, range: node.range }));
  }

  /** The items of a list that are mappings with a name; the others are faults. */
  #named(list: YamlNode | undefined, where: string): { node: YamlNode; name: string }[] {
    if (list === undefined || (list.kind === 'scalar' && list.value === null)) return [];
    if (list.kind !== 'list') this.fault(list, 'project.notAList', { where });
    return itemsOf(list).flatMap((node) => {
      const name = entryOf(node, 'name');
      const text = name?.kind === 'scalar' && name.value !== null ? String(name.value) : undefined;
      if (text !== undefined) {
        this.#refuse(node, `"${text}" under ${where}`, entryFault(node));
        return [{ node, name: text }];
      }
      this.diagnostics.push(diagnostic('project.nameMissing', { where }, { file: this.#file, range: node.range }));
      return [];
    });
  }

  #node(kind: NodeProperties['kind'], { node, name }: { node: YamlNode; name: string }): NodeProperties {
    const call = kind === 'snapshots' ? textOf(entryOf(node, 'relation')) : undefined;
    const relation = call === undefined ? undefined : { call, fileText: this.#text };
    const deprecationDate = textOf(entryOf(node, 'deprecation_date'));
    const base = { kind, name, version: undefined, deprecationDate, relation, config: configOf(node) };
    return { ...base, ...this.#described(node) };
  }

  /** A model with `versions:` is as many models, each with what it has of the whole. */
  #versions({ node, name }: { node: YamlNode; name: string }, whole: NodeProperties): readonly NodeProperties[] {
    if (whole.kind !== 'models') return [whole];
    const read = itemsOf(entryOf(node, 'versions')).flatMap((one) => {
      const v = versionOf(entryOf(one, 'v'));
      if (v !== undefined) return [{ one, v }];
      const params = { where: `versions of ${name}` };
      this.diagnostics.push(diagnostic('project.versionMissing', params, { file: this.#file, range: one.range }));
      return [];
    });
    const all = read.map(({ v }) => v);
    const wanted = versionOf(entryOf(node, 'latest_version'));
    this.#refuse(node, `The model "${name}"`, latestVersionFault(wanted, all));
    const latest = wanted ?? latestVersion(all);
    if (latest === undefined || read.length === 0) return [whole];
    return read.map(({ one, v }): NodeProperties => {
      const { description, columns, tests, constraints } = this.#described(one);
      const definedIn = textOf(entryOf(one, 'defined_in'));
      return {
        ...whole,
        version: { v, latest, definedIn },
        deprecationDate: textOf(entryOf(one, 'deprecation_date')),
        description: description === '' ? whole.description : description,
        config: versionConfig(whole.config, configOf(one)),
        columns: versionColumns(whole.columns, columns, itemsOf(entryOf(one, 'columns'))),
        tests: (entryOf(one, 'data_tests') ?? entryOf(one, 'tests')) === undefined ? whole.tests : tests,
        constraints: constraints.length === 0 ? whole.constraints : constraints,
        range: entryOf(one, 'v')?.range ?? one.range,
      };
    });
  }

  #group({ node, name }: { node: YamlNode; name: string }): GroupProperties {
    this.#refuse(node, `The group "${name}"`, ownerFault(node));
    return {
      name,
      description: textOf(entryOf(node, 'description')) ?? '',
      owner: plainMapOf(entryOf(node, 'owner')),
      config: plainMapOf(entryOf(node, 'config')),
      file: this.#file,
      range: this.#nameRange(node),
    };
  }

  #macro({ node, name }: { node: YamlNode; name: string }): MacroProperties {
    return {
      name,
      description: textOf(entryOf(node, 'description')) ?? '',
      arguments: this.#named(entryOf(node, 'arguments'), `arguments of ${name}`).map((one) => ({
        name: one.name,
        type: textOf(entryOf(one.node, 'type')),
        description: textOf(entryOf(one.node, 'description')) ?? '',
      })),
      config: configOf(node),
      file: this.#file,
      range: this.#nameRange(node),
    };
  }

  #source({ node, name }: { node: YamlNode; name: string }): SourceProperties[] {
    this.#refuse(node, `The source "${name}"`, freshnessFault(node));
    const shared = configOf(node);
    const schema = textOf(entryOf(node, 'schema')) ?? name;
    const database = textOf(entryOf(node, 'database'));
    const tables = this.#named(entryOf(node, 'tables'), `tables of source ${name}`);
    for (const table of tables) this.#refuse(table.node, `The table "${table.name}"`, freshnessFault(table.node));
    return tables.map((table) => ({
      sourceName: name,
      sourceDescription: textOf(entryOf(node, 'description')) ?? '',
      name: table.name,
      identifier: textOf(entryOf(table.node, 'identifier')) ?? table.name,
      schema,
      database,
      loader: textOf(entryOf(table.node, 'loader')) ?? textOf(entryOf(node, 'loader')) ?? '',
      config: { ...mergeConfigs(shared, configOf(table.node)), ...freshnessConfigs(node, table.node) },
      testTags: [node, table.node].flatMap((one) => textList(plainOf(entryOf(one, 'tags')))),
      ...this.#described(table.node),
    }));
  }

  #exposure({ node, name }: { node: YamlNode; name: string }): ExposureProperties {
    this.#refuse(node, `The exposure "${name}"`, exposureFault(node));
    return {
      name,
      type: textOf(entryOf(node, 'type')) ?? 'dashboard',
      description: textOf(entryOf(node, 'description')) ?? '',
      dependsOn: textList(plainOf(entryOf(node, 'depends_on'))),
      owner: plainMapOf(entryOf(node, 'owner')),
      label: textOf(entryOf(node, 'label')),
      maturity: textOf(entryOf(node, 'maturity')),
      url: textOf(entryOf(node, 'url')),
      config: configOf(node),
      file: this.#file,
      range: this.#nameRange(node),
    };
  }

  #refuse(node: YamlNode, what: string, detail: string | undefined): void {
    if (detail === undefined) return;
    const place = { file: this.#file, range: this.#nameRange(node) };
    this.diagnostics.push(diagnostic('project.propertyShape', { what, detail }, place));
  }

  #unitTest({ node, name }: { node: YamlNode; name: string }): readonly UnitTestProperties[] {
    const { value, diagnostics } = readUnitTest(node, name, configOf(node), this.#file);
    this.diagnostics.push(...diagnostics);
    return value === undefined ? [] : [value];
  }

  #described(
    node: YamlNode,
  ): Pick<NodeProperties, 'description' | 'docBlocks' | 'columns' | 'tests' | 'constraints' | 'file' | 'range'> {
    return {
      description: textOf(entryOf(node, 'description')) ?? '',
      docBlocks: [],
      columns: this.#named(ownColumns(entryOf(node, 'columns')), 'columns').map((column) => this.#column(column)),
      tests: this.#tests(node),
      constraints: this.#constraints(node),
      file: this.#file,
      range: this.#nameRange(node),
    };
  }

  #column({ node, name }: { node: YamlNode; name: string }): ColumnProperties {
    const config = configOf(node);
    const quote = plainOf(entryOf(node, 'quote'));
    return {
      name,
      description: textOf(entryOf(node, 'description')) ?? '',
      docBlocks: [],
      dataType: textOf(entryOf(node, 'data_type')),
      quote: typeof quote === 'boolean' ? quote : undefined,
      meta: plainMapAt(config, 'meta'),
      tags: textList(config['tags']),
      tests: this.#tests(node),
      constraints: this.#constraints(node),
      file: this.#file,
      range: this.#nameRange(node),
    };
  }

  #tests(node: YamlNode): NodeProperties['tests'] {
    const { value, diagnostics } = readTests(node, this.#file);
    this.diagnostics.push(...diagnostics);
    return value;
  }

  #constraints(node: YamlNode): NodeProperties['constraints'] {
    const { value, diagnostics } = readConstraints(node, this.#file);
    this.diagnostics.push(...diagnostics);
    return value;
  }

  #nameRange(node: YamlNode): NodeProperties['range'] {
    return entryOf(node, 'name')?.range ?? node.range;
  }
}

/** Singular tests may be described under the older name too. */
function nodesOf(root: YamlNode | undefined, kind: NodeProperties['kind']): YamlNode | undefined {
  return entryOf(root, kind) ?? (kind === 'data_tests' ? entryOf(root, 'tests') : undefined);
}

/** Configs of a resource: `config:`, and the `meta`, `tags` and `docs` that may stand beside it. */
function configOf(node: YamlNode): PlainMap {
  const beside = ['meta', 'tags', 'docs', 'group', 'access'].flatMap((key) => {
    const value = entryOf(node, key);
    return value === undefined ? [] : [[key, plainOf(value)] as const];
  });
  return mergeConfigs(Object.fromEntries(beside), plainMapOf(entryOf(node, 'config')));
}
