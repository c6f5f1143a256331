import path from 'node:path';
import { generateDocs } from '../core/service/generateDocs.ts';
import { openingLines } from './dbtConsole.ts';
import { printDiagnostics } from './printDiagnostics.ts';
import type { Session } from './session.ts';

/** `docs generate`: writes manifest.json and catalog.json, with dbt's lines. */
export async function docsCommand({ project, folder, list, has }: Session): Promise<number> {
  const say = (line: string): void => {
    if (!has('quiet')) console.log(line);
  };
  const { manifest } = await project.read();
  for (const line of openingLines(manifest)) say(line);
  const { value, diagnostics } = await generateDocs(project, { select: list('select'), exclude: list('exclude') });
  if (value === undefined) {
    console.error('Encountered an error:');
    printDiagnostics(diagnostics);
    return 2;
  }
  say('Building catalog');
  say(`Catalog written to ${path.join(folder, value)}`);
  return 0;
}
