import { isPlainMap, type PlainMap } from '../../core/project/plainValue.ts';
import { parseYaml, plainOf } from '../../core/project/yamlNode.ts';
import { UsageError } from './usageError.ts';

/** Reads `--vars`: a YAML mapping on one line. Throws `UsageError` for anything else. */
export function readVars(text: string | undefined): PlainMap {
  if (text === undefined) return {};
  const { value, diagnostics } = parseYaml(text, '--vars');
  const vars = plainOf(value);
  if (diagnostics.length > 0 || !isPlainMap(vars)) {
    throw new UsageError(`Invalid value for '--vars': String '${text}' is not valid YAML`);
  }
  return vars;
}
