import { orElse } from './values/orElse.ts';
import { diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { readPythonLiteral } from './library/pythonLiteral.ts';
import { renderValues, type RenderOptions } from './render.ts';
import type { WrittenValue } from './runtime/output.ts';
import { parseTemplate } from './template.ts';
import { isConstant } from './syntax/isConstant.ts';
import { displayText } from './values/display.ts';
import type { JinjaValue } from './values/value.ts';

/**
 * Renders Jinja inside YAML as dbt does (dbt_common/clients/jinja.py, native=True): a single expression gives its
 * value as it is, anything more gives text. A constant such as `{{ 1 }}` gives text too, unless `as_bool`,
 * `as_number` or `as_native` says otherwise. Undefined when it failed.
 */
export function renderNative(text: string, file: string, options: RenderOptions): Outcome<JinjaValue | undefined> {
  const template = parseTemplate(text, file).value;
  const { value: written, diagnostics } = renderValues(template, options);
  if (written === undefined) return { value: undefined, diagnostics };
  const [only] = written;
  if (only === undefined) return { value: '', diagnostics };
  if (written.length > 1) return { value: written.map(({ value }) => displayText(value)).join(''), diagnostics };
  const native = nativeValue(only);
  if ('value' in native) return { value: native.value, diagnostics };
  const range = template.source.range(only.span.start, only.span.end);
  const fault = diagnostic('jinja.valueError', { detail: native.fault }, { file, range });
  return { value: undefined, diagnostics: [...diagnostics, fault] };
}

type Native = { readonly value: JinjaValue } | { readonly fault: string };

function nativeValue({ value, expression }: WrittenValue): Native {
  const marker = expression?.kind === 'filter' ? expression.name : undefined;
  if (marker === 'as_bool' || marker === 'as_number' || marker === 'as_native')
    return marked(marker, displayText(value));
  const isText = marker === 'as_text' || (expression !== undefined && isConstant(expression));
  return { value: isText ? displayText(value) : value };
}

function marked(marker: 'as_bool' | 'as_number' | 'as_native', text: string): Native {
  const value = orElse(readPythonLiteral(text), () => text);
  const isNumber = typeof value === 'bigint' || typeof value === 'number';
  if (marker === 'as_bool' && typeof value !== 'boolean') {
    return { fault: `'${text}' cannot be read as a bool: as_bool needs True or False` };
  }
  if (marker === 'as_number' && !isNumber) return { fault: `'${text}' cannot be read as a number` };
  return { value };
}
