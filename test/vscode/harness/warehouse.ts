import fs from 'node:fs';
import initSqlJs from 'sql.js';
import type { ProjectFolder } from './projectFolder.ts';

/** The tables in the database that a project keeps on disk, in order of their names; the extension's own is left out. */
export async function tablesOnDisk(project: ProjectFolder): Promise<readonly string[]> {
  const { Database } = await initSqlJs();
  const database = new Database(fs.readFileSync(project.at('target/warehouse.db')));
  const [found] = database.exec(`select name from sqlite_master where type in ('table', 'view') order by name`);
  database.close();
  return (found?.values ?? []).map(([name]) => String(name)).filter((name) => name !== 'modelyard_relations');
}
