import path from 'node:path';
import { generateDocs } from '../core/service/generateDocs.ts';
import { consoleEvent } from './console/consoleEvent.ts';
import { errorEvent } from './console/diagnosticEvents.ts';
import { concurrencyEvents } from './console/openingEvents.ts';
import { openManifest } from './openProject.ts';
import { selectionOf } from './selectionOptions.ts';
import type { Session } from './session.ts';

/** `docs generate`: writes manifest.json and catalog.json, with dbt's lines. */
export async function docsCommand(session: Session): Promise<number> {
  const { project, folder, console, options } = session;
  const manifest = await openManifest(session);
  if (manifest === undefined) return 2;
  const flags = { compiles: !options.isOff('compile'), isEmpty: options.has('empty-catalog') };
  if (flags.compiles) console.tell(...concurrencyEvents(manifest, manifest.nodes.size));
  const { value, diagnostics } = await generateDocs(project, selectionOf(options), flags);
  if (value === undefined) {
    console.tell(errorEvent(diagnostics));
    return 2;
  }
  const written = path.join(folder, value);
  console.tell(consoleEvent('BuildingCatalog', 'Building catalog'));
  console.tell(consoleEvent('CatalogWritten', `Catalog written to ${written}`, { path: written }));
  return 0;
}
