import { majorOf } from './dbtProgram.ts';

/**
 * Arguments that stand before dbt's command: it logs in JSON, and leaves neither artifacts nor logs in the project.
 * dbt 2 writes the query and its compiled form whatever it is told: into `scratch`. dbt 1 writes neither, and its target
 * folder stays what it is, because there is what it needs to read the project quickly.
 */
export function loggingArguments(version: string, scratch: string): readonly string[] {
  const common = ['--log-format', 'json', '--log-level', 'info', '--no-quiet', '--no-write-json'];
  return majorOf(version) === 1
    ? [...common, '--log-level-file', 'none', '--no-use-colors']
    : [...common, '--log-level-file', 'off', '--log-path', scratch, '--target-path', scratch];
}
