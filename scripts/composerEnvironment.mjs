// The folders and settings of a Cloud Composer environment, as far as its documentation tells them: what is in its
// bucket is mirrored in gcs/, where a task must write nothing
// (https://cloud.google.com/composer/docs/composer-3/cloud-storage, .../set-environment-variables, .../airflow-configurations).
import fs from 'node:fs';
import path from 'node:path';

/**
 * @typedef {object} ComposerEnvironment
 * @property {string} dags folder that Airflow searches for DAGs
 * @property {string} data folder for other files
 * @property {Readonly<Record<string, string>>} env variables that every component of the environment has
 */

/**
 * Makes the folders.
 * @param {string} folder what is /home/airflow there
 * @returns {ComposerEnvironment}
 */
export function composerEnvironment(folder) {
  /** @type {(name: string) => string} */
  const made = (name) => {
    const one = path.join(folder, 'gcs', name);
    fs.mkdirSync(one, { recursive: true });
    return one;
  };
  const dags = made('dags');
  return {
    dags,
    data: made('data'),
    env: {
      COMPOSER_ENVIRONMENT: 'modelyard',
      PYTHONPYCACHEPREFIX: path.join(folder, 'pycache'),
      AIRFLOW__CORE__DAGS_FOLDER: dags,
      AIRFLOW__CORE__PLUGINS_FOLDER: made('plugins'),
      AIRFLOW__LOGGING__BASE_LOG_FOLDER: made('logs'),
    },
  };
}

/**
 * Takes the right to write from everything in folders until this process ends. It does not hold for root.
 * @param {readonly string[]} folders
 */
export function makeReadOnly(folders) {
  const all = folders.flatMap(entries);
  for (const one of all) fs.chmodSync(one, fs.statSync(one).mode & ~0o222);
  // Before they are removed.
  process.prependListener('exit', () => {
    for (const one of all) fs.chmodSync(one, fs.statSync(one).mode | 0o200);
  });
}

/**
 * What is in a folder, with the times of change: a file that is made and removed again changes the time of its folder.
 * @param {string} folder
 */
export const contents = (folder) =>
  entries(folder)
    .map((one) => `${path.relative(folder, one)} ${fs.statSync(one).mtimeMs}`)
    .join('\n');

/** @param {string} folder */
const entries = (folder) => [
  folder,
  ...fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => path.join(folder, name)),
];
