import type { Range } from '../diagnostics/text.ts';
import type { Rendered } from '../jinja/render.ts';

/** A template that was rendered without a fault. */
export type RenderedText = Rendered & { readonly text: string };

/** An ephemeral model on its way into the query that reads it. */
export interface InjectedCte {
  readonly name: string;
  readonly rendered: RenderedText;
}

/** A stretch of rendered text: of the query itself, or of the CTE that it stands in. */
export interface Origin {
  readonly cte: InjectedCte | undefined;
  /** Offsets into the rendered text. */
  readonly start: number;
  readonly end: number;
}

export interface Injected {
  readonly code: string;
  origin(range: Range): Origin;
}

interface Part {
  readonly cte: InjectedCte | undefined;
  readonly text: string;
  /** Offset of the part's text in the rendered text that it is from. */
  readonly from: number;
}

/**
 * Puts CTEs in front of a query: behind its own `with` (or `with recursive`) when it has one, else with a new one
 * (dbt-core: core/dbt/compilation.py, inject_ctes_into_sql).
 */
export function injectCtes(query: string, ctes: readonly InjectedCte[]): Injected {
  if (ctes.length === 0) return joined([{ cte: undefined, text: query, from: 0 }]);
  const own = /^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)*with(?:\s+recursive)?(?=[\s("])\s*/i.exec(query);
  const glue = (text: string): Part => ({ cte: undefined, text, from: 0 });
  const parts = ctes.flatMap((cte, i): Part[] => [
    glue(`${i === 0 ? ' ' : ',  '}${cte.name} as (\n`),
    { cte, text: cte.rendered.text, from: 0 },
    glue('\n)'),
  ]);
  const head = own?.[0] ?? /^\s*/.exec(query)?.[0] ?? '';
  const start: Part = { cte: undefined, text: head, from: 0 };
  const tail: Part = { cte: undefined, text: query.slice(head.length), from: head.length };
  return own === null
    ? joined([start, glue('with'), ...parts, glue(' '), tail])
    : joined([start, ...parts, glue(', '), tail]);
}

function joined(parts: readonly Part[]): Injected {
  const code = parts.map((part) => part.text).join('');
  const lineStarts = [0];
  for (let at = code.indexOf('\n'); at !== -1; at = code.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  const offsetOf = ({ line, character }: Range['start']): number =>
    Math.min((lineStarts[line] ?? code.length) + character, code.length);
  return {
    code,
    origin: (range) => {
      const start = offsetOf(range.start);
      let before = 0;
      for (const part of parts) {
        const within = start - before;
        if (within < part.text.length || part === parts.at(-1)) {
          const at = Math.max(within, 0) + part.from;
          return { cte: part.cte, start: at, end: at + Math.max(offsetOf(range.end) - start, 0) };
        }
        before += part.text.length;
      }
      return { cte: undefined, start, end: start };
    },
  };
}
