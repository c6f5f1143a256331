// The files of the sample project: where each is shipped, and where it goes in a user's folder.
import fs from 'node:fs';
import path from 'node:path';

/**
 * The models stand in models/, everything else in templates/gaming_analytics/. Sorted, with `/` in paths.
 * @param {string} root the repository's folder
 * @returns {{ from: string, to: string }[]}
 */
export function sampleFiles(root) {
  return [
    ...filesBelow(root, 'models').map((file) => ({ from: `models/${file}`, to: `dbt_project/models/${file}` })),
    ...filesBelow(root, 'templates/gaming_analytics').map((file) => ({
      from: `templates/gaming_analytics/${file}`,
      to: file,
    })),
  ].sort((a, b) => (a.to < b.to ? -1 : 1));
}

/**
 * @param {string} root
 * @param {string} folder
 */
function filesBelow(root, folder) {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(root, folder), path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'));
}
