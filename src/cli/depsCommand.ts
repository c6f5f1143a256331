import { declaredPackages, uninstalled } from '../core/project/packages.ts';
import { consoleEvent } from './console/consoleEvent.ts';
import { openManifest } from './openProject.ts';
import type { Session } from './session.ts';

/**
 * `deps`: says of each package that the project declares where it is read. dbt fetches what is missing; here that is an
 * error which says what to do, with dbt's exit code of a failed `deps`.
 */
export async function depsCommand(session: Session): Promise<number> {
  const { console, project } = session;
  const manifest = await openManifest(session);
  if (manifest === undefined) return 2;
  const { value: declared } = await declaredPackages(project.host.files);
  if (declared.length === 0) {
    console.tell(consoleEvent('DepsNoPackagesFound', 'Warning: No packages were found in packages.yml'));
    return 0;
  }
  const { packages, config } = manifest.project;
  const present = packages.map((one) => ({ name: one.config.name, folder: one.folder }));
  const missing = new Set(uninstalled(declared, present).map(({ name }) => name));
  for (const { name, isLocal } of declared) {
    if (missing.has(name)) continue;
    const where = isLocal ? 'read from its folder' : `read from ${config.packagesPath}`;
    console.tell(consoleEvent('DepsInstallInfo', `${name}: ${where}`, { version_name: name }));
  }
  if (missing.size === 0) return 0;
  const names = [...missing].join(', ');
  const exc = `Not here: ${names}. Modelyard fetches nothing: run "dbt deps" once where there is a network, or copy the package into ${config.packagesPath}.`;
  console.tell(consoleEvent('MainEncounteredError', `Encountered an error:\n${exc}`, { exc }));
  return 2;
}
