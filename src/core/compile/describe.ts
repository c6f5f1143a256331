import type { Diagnostic, Location, Outcome } from '../diagnostics/diagnostic.ts';
import { nearestName } from '../diagnostics/nearestName.ts';
import { renderTemplate } from '../jinja/render.ts';
import { NamedValues } from '../jinja/runtime/namedValues.ts';
import { parseTemplate } from '../jinja/template.ts';
import { failure } from '../jinja/values/jinjaFailure.ts';
import { hostFunction } from '../jinja/values/value.ts';
import type { ColumnProperties, MacroProperties, NodeProperties, Properties } from '../project/properties.ts';
import type { Recall } from '../project/memo.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { DocBlock } from './docBlocks.ts';
import { textArgument } from './textArgument.ts';

/** Where a description looks for its docs blocks. */
export interface DocScope {
  readonly blocks: readonly DocBlock[];
  /** Blocks without a package's name are looked for in this package, then in `rootName`, then in the others. */
  readonly packageName: string;
  readonly rootName: string;
  /** What a description may use beside `doc`. */
  readonly globals: NamedValues;
  /** Recalls what was described with the same blocks and globals. */
  readonly recall: Recall;
  /** Hears of every description that went wrong. */
  readonly onFault: () => void;
}

/** Fills in the docs blocks that descriptions name (dbt-core: parser/manifest.py, process_docs). */
export function describeProperties(properties: Properties, scope: DocScope): Outcome<Properties> {
  const describer = new Describer(scope);
  const value: Properties = {
    ...properties,
    nodes: properties.nodes.map((node) =>
      scope.recall(`${node.kind} ${node.name} ${String(node.version?.v)} of ${node.file}`, [node], () => ({
        ...node,
        ...describer.described(node),
      })),
    ),
    sources: properties.sources.map((source) =>
      scope.recall(`${source.sourceName}.${source.name} of ${source.file}`, [source], () => ({
        ...source,
        ...describer.described(source),
        sourceDescription: describer.render(source.sourceDescription, source).text,
      })),
    ),
    exposures: properties.exposures.map((one) => ({
      ...one,
      description: describer.render(one.description, one).text,
    })),
    macros: properties.macros.map((macro) => describer.macro(macro)),
  };
  return { value, diagnostics: describer.diagnostics };
}

type Described = Pick<NodeProperties, 'description' | 'docBlocks' | 'columns' | 'tests'>;

class Describer {
  readonly #scope: DocScope;
  readonly diagnostics: Diagnostic[] = [];

  constructor(scope: DocScope) {
    this.#scope = scope;
  }

  described(node: Described & Location): Described {
    const { text, blocks } = this.render(node.description, node);
    return {
      description: text,
      docBlocks: blocks,
      columns: node.columns.map((column) => this.#column(column)),
      tests: this.#tests(node.tests),
    };
  }

  macro(macro: MacroProperties): MacroProperties {
    return {
      ...macro,
      description: this.render(macro.description, macro).text,
      arguments: macro.arguments.map((one) => ({ ...one, description: this.render(one.description, macro).text })),
    };
  }

  #column(column: ColumnProperties): ColumnProperties {
    const { text, blocks } = this.render(column.description, column);
    return { ...column, description: text, docBlocks: blocks, tests: this.#tests(column.tests) };
  }

  #tests(tests: NodeProperties['tests']): NodeProperties['tests'] {
    return tests.map((one) => ({ ...one, description: this.render(one.description, one).text }));
  }

  /** A description with its docs blocks filled in, and their ids. */
  render(text: string, place: Location): { readonly text: string; readonly blocks: readonly UniqueId[] } {
    if (!/\{[{%#]/.test(text)) return { text, blocks: [] };
    const blocks: UniqueId[] = [];
    const doc = hostFunction('doc', (args) => {
      const [first = '', second] = args.map((arg) => textArgument('doc', 'the name', arg));
      const block = this.#find(second ?? first, second === undefined ? undefined : first);
      blocks.push(block.uniqueId);
      return block.contents;
    });
    const globals = new NamedValues([['doc', doc]], this.#scope.globals);
    const rendered = renderTemplate(parseTemplate(text, place.file).value, { globals });
    const { file, range } = place;
    if (rendered.diagnostics.length > 0) this.#scope.onFault();
    this.diagnostics.push(...rendered.diagnostics.map((one) => ({ ...one, file, range })));
    return { text: rendered.value.text ?? text, blocks };
  }

  #find(name: string, packageName: string | undefined): DocBlock {
    const { blocks, packageName: own, rootName } = this.#scope;
    const named = blocks.filter((one) => one.name === name);
    const order = packageName === undefined ? [own, rootName] : [packageName];
    const found = order.flatMap((one) => named.filter((block) => block.packageName === one))[0];
    const block = found ?? (packageName === undefined ? named[0] : undefined);
    if (block !== undefined) return block;
    throw failure('compile.unknownDoc', {
      name,
      near: nearestName(
        name,
        blocks.map((one) => one.name),
      ),
    });
  }
}
