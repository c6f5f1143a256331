/** A macro as it would stand in a file. */
export type MacroText = string;

/** A macro of this name whose text is the body, white space included. */
export function macroText(name: string, parameters: readonly string[], body: string): MacroText {
  return `{% macro ${name}(${parameters.join(', ')}) %}${body}{% endmacro %}`;
}
