import { hasErrors } from '../core/diagnostics/diagnostic.ts';
import { writeManifest } from '../core/service/writeArtifacts.ts';
import { foundLine } from './dbtConsole.ts';
import { printDiagnostics } from './printDiagnostics.ts';
import type { Session } from './session.ts';
import { version } from './version.ts';

/** `parse`: reads the project and writes manifest.json, without compiled code. */
export async function parseCommand({ project, has }: Session): Promise<number> {
  const { manifest, diagnostics } = await project.read();
  if (!has('quiet')) console.log(`Running with modelyard=${version}`);
  if (manifest === undefined || hasErrors(diagnostics)) {
    console.error('Encountered an error:');
    printDiagnostics(diagnostics);
    return 2;
  }
  if (!has('quiet')) console.log(foundLine(manifest));
  const { invocationId, startedAt } = project.environment();
  const invocation = { invocationId, startedAt, args: { which: 'parse' } };
  await project.exclusively(() => writeManifest(project.host.files, manifest, new Map(), invocation));
  return 0;
}
