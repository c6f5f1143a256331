import { chosenProfiles, ownProfiles, profileOutputs, type ProfilesFile } from '../project/readTarget.ts';
import type { ModelyardProject } from './modelyardProject.ts';

/** The profiles.yml that the project is read with; undefined where there is none. */
export async function projectProfiles({ host }: ModelyardProject): Promise<ProfilesFile | undefined> {
  return chosenProfiles(await host.profiles(), await host.files.readText(ownProfiles));
}

/** The outputs of the project's profile by name, and their adapters. */
export async function projectOutputs(project: ModelyardProject): Promise<ReadonlyMap<string, string>> {
  const [{ project: read }, profiles] = [await project.read(), await projectProfiles(project)];
  if (read === undefined || profiles === undefined) return new Map();
  return profileOutputs(profiles, read.target.profileName);
}
