import { parseYaml, plainMapOf, entryOf } from '../../core/project/yamlNode.ts';
import { projectFile } from '../../core/project/readProjectConfig.ts';
import { plainText } from '../../core/project/plainValue.ts';
import type { OptionName } from './optionTable.ts';
import { checkValue } from './parseArguments.ts';

/** Options that dbt_project.yml gives under `flags:`. */
export type ProjectFlags = ReadonlyMap<OptionName, readonly string[]>;

/** The options that may stand there (dbt-core: core/dbt/contracts/project.py, ProjectFlags). */
const flags: readonly OptionName[] = [
  'cache-selected-only',
  'debug',
  'fail-fast',
  'indirect-selection',
  'log-format',
  'log-format-file',
  'log-level',
  'log-level-file',
  'partial-parse',
  'populate-cache',
  'printer-width',
  'send-anonymous-usage-stats',
  'static-parser',
  'use-colors',
  'use-colors-file',
  'use-experimental-parser',
  'version-check',
  'warn-error',
  'warn-error-options',
  'write-json',
];

/**
 * Reads `flags:` of a dbt_project.yml; its other faults are found when the project is read. Throws `UsageError` for a
 * value that the option cannot have.
 */
export function readProjectFlags(text: string | undefined): ProjectFlags {
  if (text === undefined) return new Map();
  const given = plainMapOf(entryOf(parseYaml(text, projectFile).value, 'flags'));
  const found = new Map<OptionName, readonly string[]>();
  for (const name of flags) {
    const value = given[name.replaceAll('-', '_')];
    if (value === undefined || value === null) continue;
    const written = plainText(value);
    checkValue(name, written, undefined);
    found.set(name, [written]);
  }
  return found;
}
