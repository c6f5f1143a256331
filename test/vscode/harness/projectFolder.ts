import fs from 'node:fs';
import path from 'node:path';
import { sampleFiles } from '../../../scripts/sampleFiles.mjs';
import { cleanedSample } from '../../sample/sampleTables.ts';
import type { SampleTexts } from '../../sample/independentModels.ts';
import { root } from '../../unit/root.ts';

const tables = ['affiliates', 'players', 'transactions'] as const;

/** The sample project in a folder of the disk. */
export interface ProjectFolder {
  /** Absolute path of a file of the dbt project. */
  at(file: string): string;
  read(file: string): string;
  write(file: string, text: string): void;
  has(file: string): boolean;
  /** The CSVs of the sources. */
  data(): SampleTexts;
}

/** The dbt project that the sample puts below a workspace folder. */
export function projectFolder(folder: string): ProjectFolder {
  const at = (file: string): string => path.join(folder, 'dbt_project', file);
  const read = (file: string): string => fs.readFileSync(at(file), 'utf8');
  return {
    at,
    read,
    write: (file, text) => fs.writeFileSync(at(file), text),
    has: (file) => fs.existsSync(at(file)),
    data: () => ({
      affiliates: read('data/affiliates.csv'),
      players: read('data/players.csv'),
      transactions: read('data/transactions.csv'),
    }),
  };
}

/** Writes the sample with raw data that obey its rules, so that all of it builds. */
export function writeSample(folder: string): ProjectFolder {
  for (const { from, to } of sampleFiles(root)) {
    fs.mkdirSync(path.dirname(path.join(folder, to)), { recursive: true });
    fs.copyFileSync(path.join(root, from), path.join(folder, to));
  }
  const project = projectFolder(folder);
  const cleaned = cleanedSample();
  for (const name of tables) project.write(`data/${name}.csv`, cleaned[name]);
  return project;
}
