import type { Span } from '../span.ts';
import type { SqlType } from '../translation.ts';
import * as types from '../sqlTypes.ts';
import { cast, toText } from './casts.ts';
import { mismatch, type Context } from './context.ts';
import { isNull, isStringLiteral, type Emitted } from './emitted.ts';

/** An expression and where it stands in the given SQL. */
export interface Placed {
  readonly e: Emitted;
  readonly span: Span;
}

/**
 * The type in which values are compared or put together: a string literal takes the type of what it meets, NULL has
 * none, a date beside a timestamp is one. Undefined when the types do not go together.
 */
export function commonType(parts: readonly Placed[]): SqlType | undefined {
  const typed = parts.filter(({ e }) => !isNull(e));
  const firm = typed.filter(({ e }) => !isStringLiteral(e));
  const [first, ...rest] = firm.length > 0 ? firm : typed;
  if (first === undefined) return types.unknown;
  return rest.reduce<SqlType | undefined>(
    (sum, { e }) => (sum === undefined ? undefined : unifyLoosely(sum, e.type)),
    first.e.type,
  );
}

/** Booleans are 0 and 1 here, so they go with integers. */
function unifyLoosely(a: SqlType, b: SqlType): SqlType | undefined {
  if (a.kind === 'boolean' && b.kind === 'integer') return b;
  if (a.kind === 'integer' && b.kind === 'boolean') return a;
  return types.unify(a, b);
}

/** The expressions in their common type; a mismatch is reported at the part that does not fit. */
export function aligned(
  context: Context,
  parts: readonly Placed[],
): { readonly type: SqlType; readonly parts: readonly Emitted[] } {
  const type = commonType(parts);
  if (type === undefined) {
    const span = parts.at(-1)?.span ?? { start: 0, end: 0 };
    const names = [...new Set(parts.filter(({ e }) => !isNull(e)).map(({ e }) => types.typeName(e.type)))];
    const bad = mismatch(context, span, `These types do not go together: ${names.join(' and ')}. Cast one of them`);
    return { type: types.unknown, parts: parts.map(() => bad) };
  }
  return { type, parts: parts.map((part) => fitted(context, part, type)) };
}

function fitted(context: Context, { e, span }: Placed, type: SqlType): Emitted {
  if (isNull(e) || type.kind === 'unknown') return e;
  if (isStringLiteral(e) && type.kind !== 'text') return cast(context, e, { type }, span, false);
  if (type.kind === 'timestamp' && e.type.kind === 'date') return cast(context, e, { type }, span, false);
  return type.kind === 'text' ? toText(context, e, span) : e;
}
