import type { Span } from './span.ts';

/**
 * The syntax tree of one query: no more of SQL than the translator understands. Every node knows where it stands,
 * because the translation is the given text with the changed places spliced in.
 */
export interface Identifier {
  /** Without quotes. */
  readonly name: string;
  readonly quoted: boolean;
  readonly span: Span;
}

export interface TypeName {
  /** Lower case, words joined by one space: `timestamp with time zone`. */
  readonly name: string;
  readonly args: readonly number[];
  readonly span: Span;
}

export interface OrderItem {
  readonly expr: Expr;
  readonly descending: boolean;
  readonly nulls: 'first' | 'last' | undefined;
  readonly span: Span;
}

export interface WindowSpec {
  /** A name only (`over w`), or the window that this one extends. */
  readonly base: Identifier | undefined;
  readonly partitionBy: readonly Expr[];
  readonly orderBy: readonly OrderItem[];
  readonly frame: WindowFrame | undefined;
  readonly span: Span;
}

export interface WindowFrame {
  readonly unit: 'rows' | 'range' | 'groups';
  /** Offsets of `n preceding` and `n following`. */
  readonly offsets: readonly Expr[];
  readonly span: Span;
}

export interface Call {
  readonly kind: 'call';
  /** Lower case, without quotes. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly args: readonly Expr[];
  /** `count(*)`. */
  readonly star: boolean;
  readonly distinct: boolean;
  readonly orderBy: readonly OrderItem[];
  readonly withinGroup: readonly OrderItem[] | undefined;
  readonly nullTreatment: 'ignore' | 'respect' | undefined;
  readonly filter: Expr | undefined;
  readonly over: WindowSpec | undefined;
  /** False for the functions that are written as one word: current_date. */
  readonly parens: boolean;
  readonly span: Span;
}

export interface ColumnRef {
  readonly kind: 'column';
  readonly qualifier: readonly Identifier[];
  readonly name: Identifier;
  readonly span: Span;
}

export interface Literal {
  readonly kind: 'literal';
  readonly type: 'number' | 'string' | 'boolean' | 'null';
  /** A string's characters, a number as written, `true` or `false`. */
  readonly value: string;
  readonly span: Span;
}

export interface IntervalExpr {
  readonly kind: 'interval';
  /** A literal such as `'3 months'`, or the amount of `unit`. */
  readonly amount: Expr;
  readonly unit: string | undefined;
  readonly span: Span;
}

export type BinaryOperator =
  'or' | 'and' | '=' | '<>' | '<' | '>' | '<=' | '>=' | '||' | '+' | '-' | '*' | '/' | '//' | '%' | '^' | '&' | '|';

export interface BinaryExpr {
  readonly kind: 'binary';
  readonly op: BinaryOperator;
  readonly opSpan: Span;
  readonly left: Expr;
  readonly right: Expr;
  readonly span: Span;
}

export interface LikeExpr {
  readonly kind: 'like';
  readonly operand: Expr;
  readonly pattern: Expr;
  readonly escape: Expr | undefined;
  readonly not: boolean;
  readonly insensitive: boolean;
  readonly span: Span;
}

export interface CaseExpr {
  readonly kind: 'case';
  readonly operand: Expr | undefined;
  readonly whens: readonly { readonly when: Expr; readonly then: Expr }[];
  readonly otherwise: Expr | undefined;
  readonly span: Span;
}

export interface CastExpr {
  readonly kind: 'cast';
  readonly operand: Expr;
  readonly target: TypeName;
  /** `try_cast`: NULL instead of an error. */
  readonly lenient: boolean;
  readonly span: Span;
}

export interface InListExpr {
  readonly kind: 'inList';
  readonly operand: Expr;
  readonly items: readonly Expr[];
  readonly not: boolean;
  readonly span: Span;
}

export interface BetweenExpr {
  readonly kind: 'between';
  readonly operand: Expr;
  readonly low: Expr;
  readonly high: Expr;
  readonly not: boolean;
  readonly span: Span;
}

export type Expr =
  | ColumnRef
  | Literal
  | IntervalExpr
  | BinaryExpr
  | LikeExpr
  | CaseExpr
  | CastExpr
  | InListExpr
  | BetweenExpr
  | Call
  | { readonly kind: 'paren'; readonly inner: Expr; readonly span: Span }
  | { readonly kind: 'unary'; readonly op: '-' | '+' | 'not'; readonly operand: Expr; readonly span: Span }
  | {
      readonly kind: 'is';
      readonly operand: Expr;
      readonly test: 'null' | 'true' | 'false' | 'unknown';
      readonly not: boolean;
      /** False for `x isnull` and `x notnull`, which have no word `is`. */
      readonly span: Span;
    }
  | {
      readonly kind: 'distinctFrom';
      readonly left: Expr;
      readonly right: Expr;
      readonly not: boolean;
      readonly span: Span;
    }
  | {
      readonly kind: 'inQuery';
      readonly operand: Expr;
      readonly query: Query;
      readonly not: boolean;
      readonly span: Span;
    }
  | { readonly kind: 'extract'; readonly field: string; readonly operand: Expr; readonly span: Span }
  /** `moment at time zone 'UTC'` */
  | { readonly kind: 'atTimeZone'; readonly operand: Expr; readonly zone: Expr; readonly span: Span }
  /** `list[n]` */
  | { readonly kind: 'subscript'; readonly operand: Expr; readonly index: Expr; readonly span: Span }
  | { readonly kind: 'exists'; readonly query: Query; readonly span: Span }
  | { readonly kind: 'scalarQuery'; readonly query: Query; readonly span: Span };

export type SelectItem =
  | { readonly kind: 'expr'; readonly expr: Expr; readonly alias: Identifier | undefined; readonly span: Span }
  | {
      readonly kind: 'star';
      readonly qualifier: Identifier | undefined;
      readonly exclude: readonly Identifier[];
      readonly replace: readonly { readonly expr: Expr; readonly name: Identifier }[];
      readonly span: Span;
    };

export type TableFactor =
  | {
      readonly kind: 'table';
      readonly path: readonly Identifier[];
      readonly alias: Identifier | undefined;
      readonly columns: readonly Identifier[];
      readonly span: Span;
    }
  | {
      readonly kind: 'derived';
      readonly query: Query;
      /** The query with its parentheses. */
      readonly querySpan: Span;
      readonly alias: Identifier | undefined;
      readonly columns: readonly Identifier[];
      readonly span: Span;
    }
  /** A function that gives rows: `generate_series(1, 5) as t(n)`. */
  | {
      readonly kind: 'function';
      readonly call: Call;
      readonly alias: Identifier | undefined;
      readonly columns: readonly Identifier[];
      readonly span: Span;
    }
  | { readonly kind: 'joined'; readonly from: FromClause; readonly span: Span };

export type JoinKind = 'inner' | 'left' | 'right' | 'full' | 'cross' | 'comma';

export interface Join {
  readonly kind: JoinKind;
  readonly natural: boolean;
  readonly factor: TableFactor;
  readonly on: Expr | undefined;
  readonly using: readonly Identifier[];
  readonly span: Span;
}

export interface FromClause {
  readonly first: TableFactor;
  readonly joins: readonly Join[];
  readonly span: Span;
}

export interface Select {
  readonly kind: 'select';
  readonly distinct: boolean;
  readonly items: readonly SelectItem[];
  readonly from: FromClause | undefined;
  readonly where: Expr | undefined;
  readonly groupBy: GroupBy | undefined;
  readonly having: Expr | undefined;
  readonly windows: readonly { readonly name: Identifier; readonly spec: WindowSpec }[];
  readonly qualify: { readonly condition: Expr; readonly span: Span } | undefined;
  readonly span: Span;
}

export type GroupBy =
  { readonly kind: 'all'; readonly allSpan: Span } | { readonly kind: 'exprs'; readonly exprs: readonly Expr[] };

export type QueryBody =
  | Select
  | {
      readonly kind: 'setOperation';
      readonly op: 'union' | 'intersect' | 'except';
      readonly all: boolean;
      readonly opSpan: Span;
      readonly left: QueryBody;
      readonly right: QueryBody;
      readonly span: Span;
    }
  | { readonly kind: 'values'; readonly rows: readonly (readonly Expr[])[]; readonly span: Span }
  | { readonly kind: 'nested'; readonly query: Query; readonly span: Span };

export interface CommonTable {
  readonly name: Identifier;
  readonly columns: readonly Identifier[];
  readonly query: Query;
  readonly span: Span;
}

export interface Query {
  readonly recursive: boolean;
  readonly with: readonly CommonTable[];
  readonly body: QueryBody;
  /** `all` is DuckDB's ORDER BY ALL. */
  readonly orderBy: readonly OrderItem[];
  readonly orderByAll: { readonly descending: boolean; readonly span: Span } | undefined;
  readonly limit: Expr | undefined;
  readonly offset: Expr | undefined;
  readonly span: Span;
}
