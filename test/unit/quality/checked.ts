import { neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';
import type { CheckReport } from '../../../src/core/quality/checkData.ts';
import type { Violation } from '../../../src/core/quality/violation.ts';
import { checkProject } from '../../../src/core/service/checkProject.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

/** A project's files as they are checked. */
export async function checked(texts: Readonly<Record<string, string>>): Promise<CheckReport> {
  const { project } = await testProject(texts);
  const host = { progress: () => undefined, cancellation: neverCancelled };
  const { value, diagnostics } = await checkProject(project, host);
  if (value === undefined) throw new Error(diagnostics.map((one) => one.message).join('\n'));
  return value;
}

/** `file:line key rule: reason`. */
export function violationText({ file, line, rowKey, rule, reason }: Violation): string {
  return `${file}:${String(line)} ${String(rowKey)} ${rule.name}: ${reason}`;
}

/** A project of one source, `raw`, and its tables' YAML below `tables:`, indented by four blanks. */
export function sourceProject(tables: string, texts: Readonly<Record<string, string>>): Record<string, string> {
  return projectTexts({ 'models/sources.yml': `sources:\n  - name: raw\n    tables:\n${tables}`, ...texts });
}
