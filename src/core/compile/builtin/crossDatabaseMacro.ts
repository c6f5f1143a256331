import { macroText, type MacroText } from './macroText.ts';

/**
 * A macro that writes one thing in each warehouse's SQL (dbt-adapters: include/global_project/macros/utils, and the
 * adapters' own). `writes` has the SQL by adapter, white space included, since compiled SQL is compared with dbt's.
 */
export interface CrossDatabaseMacro {
  readonly name: string;
  readonly parameters: readonly string[];
  /** Defaults of the last parameters. */
  readonly defaults?: Readonly<Record<string, string>>;
  readonly writes: Readonly<Record<string, string>>;
}

/** Lines between an empty line before and one behind, as most of these macros leave them. */
export const spaced = (text: string): string => `\n\n${text}\n\n`;
export const opened = (text: string): string => `\n\n${text}`;

/** The macro's texts: one that dispatches, and one for each adapter that writes its own. */
export function dispatched({ name, parameters, defaults, writes }: CrossDatabaseMacro): readonly MacroText[] {
  return [
    macroText(
      name,
      parameters.map((one) => withDefault(one, defaults?.[one])),
      `{{ return(adapter.dispatch('${name}', 'dbt')(${parameters.join(', ')})) }}`,
    ),
    ...implementations(name, parameters, writes),
  ];
}

/** The texts of the adapters by themselves. */
export function implementations(
  name: string,
  parameters: readonly string[],
  writes: Readonly<Record<string, string>>,
): readonly MacroText[] {
  return Object.entries(writes).map(([adapter, text]) => macroText(`${adapter}__${name}`, parameters, text));
}

function withDefault(name: string, value: string | undefined): string {
  return value === undefined ? name : `${name}=${value}`;
}
