import { isPlainMap, type PlainMap } from '../../core/project/plainValue.ts';
import { parseYaml, plainOf } from '../../core/project/yamlNode.ts';
import { UsageError } from './usageError.ts';

/** Reads `--vars`. */
export function readVars(text: string | undefined): PlainMap {
  return readMapping('vars', text);
}

/** Reads an option that is a YAML mapping on one line. Throws `UsageError` for anything else. */
export function readMapping(option: string, text: string | undefined): PlainMap {
  if (text === undefined) return {};
  const { value, diagnostics } = parseYaml(text, `--${option}`);
  const vars = plainOf(value);
  if (diagnostics.length > 0 || !isPlainMap(vars)) {
    throw new UsageError(`Invalid value for '--${option}': String '${text}' is not valid YAML`);
  }
  return vars;
}
