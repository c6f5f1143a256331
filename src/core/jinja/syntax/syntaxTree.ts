import type { OrderOperator } from '../values/compare.ts';
import type { BinaryOperator } from '../values/value.ts';
import type { Span } from './token.ts';

/** An expression. Offsets are into the template's `SourceText`. */
export type Expression =
  | Literal
  | Name
  | Items
  | DictDisplay
  | Unary
  | Binary
  | Logic
  | Comparison
  | Concatenation
  | Conditional
  | Attribute
  | Item
  | Slice
  | Call
  | Filter
  | Test
  | Invalid;

export interface Literal extends Span {
  readonly kind: 'literal';
  readonly value: null | boolean | bigint | number | string;
}
export interface Name extends Span {
  readonly kind: 'name';
  readonly name: string;
}
export interface Items extends Span {
  readonly kind: 'list' | 'tuple';
  readonly items: readonly Expression[];
}
export interface DictDisplay extends Span {
  readonly kind: 'dict';
  readonly entries: readonly { readonly key: Expression; readonly value: Expression }[];
}
export interface Unary extends Span {
  readonly kind: 'unary';
  readonly operator: '+' | '-' | 'not';
  readonly operand: Expression;
}
export interface Binary extends Span {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
export interface Logic extends Span {
  readonly kind: 'logic';
  readonly operator: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}
export type ComparisonOperator = OrderOperator | '==' | '!=' | 'in' | 'not in';
/** `a < b <= c`: every operand is evaluated once, and the first false comparison ends it. */
export interface Comparison extends Span {
  readonly kind: 'comparison';
  readonly first: Expression;
  readonly rest: readonly { readonly operator: ComparisonOperator; readonly operand: Expression }[];
}
export interface Concatenation extends Span {
  readonly kind: 'concatenation';
  readonly parts: readonly Expression[];
}
export interface Conditional extends Span {
  readonly kind: 'conditional';
  readonly condition: Expression;
  readonly then: Expression;
  readonly otherwise: Expression | undefined;
}
export interface Attribute extends Span {
  readonly kind: 'attribute';
  readonly object: Expression;
  readonly name: string;
}
export interface Item extends Span {
  readonly kind: 'item';
  readonly object: Expression;
  readonly index: Expression;
}
/** Stands only inside an item's brackets. */
export interface Slice extends Span {
  readonly kind: 'slice';
  readonly from: Expression | undefined;
  readonly to: Expression | undefined;
  readonly step: Expression | undefined;
}
export interface KeywordArgument extends Span {
  readonly name: string;
  readonly value: Expression;
}
export interface Arguments {
  readonly positional: readonly Expression[];
  readonly keywords: readonly KeywordArgument[];
  /** `*args` */
  readonly spread: Expression | undefined;
  /** `**kwargs` */
  readonly keywordSpread: Expression | undefined;
}
export interface Call extends Span {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: Arguments;
}
export interface Filter extends Span {
  readonly kind: 'filter';
  /** Undefined in `{% filter %}` and block `set`, where the block's text is filtered. */
  readonly input: Expression | undefined;
  readonly name: string;
  readonly nameSpan: Span;
  readonly arguments: Arguments;
}
export interface Test extends Span {
  readonly kind: 'test';
  readonly input: Expression;
  readonly name: string;
  readonly nameSpan: Span;
  readonly arguments: Arguments;
  readonly negated: boolean;
}
/** Stands where an expression could not be read; its fault is among the template's diagnostics. */
export interface Invalid extends Span {
  readonly kind: 'invalid';
}

/** What can be assigned to. */
export type Target =
  | Name
  | (Span & { readonly kind: 'targets'; readonly targets: readonly Target[] })
  | (Span & { readonly kind: 'namespaceAttribute'; readonly namespace: string; readonly name: string });

export type Body = readonly Statement[];

export type Statement =
  | Text
  | Output
  | If
  | For
  | Set
  | SetBlock
  | With
  | Do
  | CallBlock
  | FilterBlock
  | NamedBlock
  | LoopControl
  | Definition;

export interface Text extends Span {
  readonly kind: 'text';
  readonly text: string;
}
/** `{{ expression }}`; the span is the whole tag's. */
export interface Output extends Span {
  readonly kind: 'output';
  readonly expression: Expression;
}
export interface If extends Span {
  readonly kind: 'if';
  readonly branches: readonly { readonly condition: Expression; readonly body: Body }[];
  readonly otherwise: Body | undefined;
}
export interface For extends Span {
  readonly kind: 'for';
  readonly target: Target;
  readonly iterable: Expression;
  readonly condition: Expression | undefined;
  readonly recursive: boolean;
  readonly body: Body;
  readonly otherwise: Body | undefined;
}
export interface Set extends Span {
  readonly kind: 'set';
  readonly target: Target;
  readonly value: Expression;
}
export interface SetBlock extends Span {
  readonly kind: 'setBlock';
  readonly target: Target;
  readonly filter: Filter | undefined;
  readonly body: Body;
}
export interface With extends Span {
  readonly kind: 'with';
  readonly bindings: readonly { readonly target: Target; readonly value: Expression }[];
  readonly body: Body;
}
export interface Do extends Span {
  readonly kind: 'do';
  readonly expression: Expression;
}
export interface Parameter extends Span {
  readonly name: string;
  readonly default: Expression | undefined;
}
export interface CallBlock extends Span {
  readonly kind: 'callBlock';
  readonly call: Expression;
  readonly parameters: readonly Parameter[];
  readonly body: Body;
}
export interface FilterBlock extends Span {
  readonly kind: 'filterBlock';
  readonly filter: Filter;
  readonly body: Body;
}
/** `{% block %}`: dbt has no template inheritance, so it is output where it stands. */
export interface NamedBlock extends Span {
  readonly kind: 'block';
  readonly name: string;
  readonly body: Body;
}
export interface LoopControl extends Span {
  readonly kind: 'break' | 'continue';
}

export type DefinitionKind = 'macro' | 'test' | 'snapshot' | 'materialization' | 'docs';

/** A block that defines something by name; dbt collects them from the top level of its files. */
export interface Definition extends Span {
  readonly kind: 'definition';
  readonly definition: DefinitionKind;
  readonly name: string;
  readonly nameSpan: Span;
  readonly parameters: readonly Parameter[];
  /** A materialization's adapter; `default` when it names none. */
  readonly adapter: string | undefined;
  /** A materialization's languages, when it names some. */
  readonly supportedLanguages: Expression | undefined;
  /** The text between the opening and the closing tag. */
  readonly bodySpan: Span;
  readonly body: Body;
}
