import type { LikeExpr } from '../tree.ts';
import * as types from '../sqlTypes.ts';
import { mismatch, refuse, type Context } from './context.ts';
import { binding, operand, quote, type Emitted } from './emitted.ts';
import type { Scope } from './scope.ts';

/**
 * LIKE. SQLite's own does not tell 'a' from 'A', so LIKE becomes GLOB, which does; ILIKE becomes LIKE, which is right
 * for ASCII letters, and so only for patterns of ASCII.
 */
export function like(context: Context, e: LikeExpr, scope: Scope): Emitted {
  const value = context.expr(e.operand, scope);
  if (value.type.kind !== 'text' && value.type.kind !== 'unknown') {
    return mismatch(context, e.operand.span, `LIKE needs text, and this is ${types.typeName(value.type)}: cast it`);
  }
  const escape = escapeCharacter(context, e);
  if (escape === 'unclear') return refuse(context, e.span, 'An ESCAPE that is no single character');
  const left = operand(value, binding.equality + 1);
  const not = e.not ? 'not ' : '';
  const right =
    e.pattern.kind === 'literal' && e.pattern.type === 'string'
      ? literalPattern(e, e.pattern.value, escape)
      : computedPattern(context, e, escape, scope);
  return right === undefined
    ? refuse(
        context,
        e.pattern.span,
        `This pattern of ${e.insensitive ? 'ILIKE' : 'LIKE'}`,
        'write it as a literal in ASCII',
      )
    : { sql: `${left} ${not}${right}`, type: types.boolean, binds: binding.equality };
}

function escapeCharacter(context: Context, e: LikeExpr): string | undefined {
  if (e.escape === undefined) return context.rules.likeEscape;
  if (e.escape.kind !== 'literal' || e.escape.type !== 'string' || e.escape.value.length > 1) return 'unclear';
  return e.escape.value === '' ? undefined : e.escape.value;
}

function literalPattern(e: LikeExpr, pattern: string, escape: string | undefined): string | undefined {
  const parts = patternParts(pattern, escape);
  if (parts === undefined) return undefined;
  if (!e.insensitive) return `glob ${quote(parts.map((part) => globPart(part)).join(''))}`;
  if (/[^\x20-\x7e]/.test(pattern)) return undefined;
  const mark = ['\\', '!', '~', '^'].find((one) => !pattern.replaceAll(escape ?? '', '').includes(one)) ?? '\\';
  const written = parts.map((part) => likePart(part, mark)).join('');
  return `like ${quote(written)}${written.includes(mark) ? ` escape ${quote(mark)}` : ''}`;
}

/** One character of a pattern: a wildcard, or one that stands for itself. */
type PatternPart = { readonly wildcard: '%' | '_' } | { readonly character: string };

function patternParts(pattern: string, escape: string | undefined): readonly PatternPart[] | undefined {
  const parts: PatternPart[] = [];
  const characters = Array.from(pattern);
  for (let i = 0; i < characters.length; i += 1) {
    const character = characters[i] ?? '';
    if (character === escape) {
      i += 1;
      const escaped = characters[i];
      if (escaped === undefined) return undefined;
      parts.push({ character: escaped });
    } else if (character === '%' || character === '_') parts.push({ wildcard: character });
    else parts.push({ character });
  }
  return parts;
}

function globPart(part: PatternPart): string {
  if ('wildcard' in part) return part.wildcard === '%' ? '*' : '?';
  return '*?['.includes(part.character) ? `[${part.character}]` : part.character;
}

function likePart(part: PatternPart, mark: string): string {
  if ('wildcard' in part) return part.wildcard;
  return part.character === '%' || part.character === '_' || part.character === mark
    ? mark + part.character
    : part.character;
}

/** A pattern that is only known at run time; without an escape it can be rewritten there. */
function computedPattern(context: Context, e: LikeExpr, escape: string | undefined, scope: Scope): string | undefined {
  const pattern = context.expr(e.pattern, scope);
  if (e.insensitive || escape !== undefined || pattern.type.kind !== 'text') return undefined;
  const steps = [
    ['[', '[[]'],
    ['*', '[*]'],
    ['?', '[?]'],
    ['%', '*'],
    ['_', '?'],
  ] as const;
  return `glob ${steps.reduce((sql, [from, to]) => `replace(${sql}, ${quote(from)}, ${quote(to)})`, pattern.sql)}`;
}
