import { invocationOf } from '../core/artifacts/artifactMetadata.ts';
import { writeManifest } from '../core/service/writeArtifacts.ts';
import { openManifest } from './openProject.ts';
import type { Session } from './session.ts';

/** `parse`: reads the project and writes manifest.json, without compiled code. */
export async function parseCommand(session: Session): Promise<number> {
  const { project } = session;
  const manifest = await openManifest(session);
  if (manifest === undefined) return 2;
  if (!project.writesJson) return 0;
  const invocation = invocationOf(project.environment());
  await project.exclusively(() => writeManifest(project.host.files, manifest, new Map(), invocation));
  return 0;
}
