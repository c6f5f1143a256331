import fs from 'node:fs';
import path from 'node:path';
import type { DataTable } from '../../src/core/datagen/dataModel.ts';
import { tablesFromSources } from '../../src/core/datagen/fromSources.ts';
import { formatDiagnostic } from '../../src/core/diagnostics/diagnostic.ts';
import { readProperties } from '../../src/core/project/readProperties.ts';
import type { SampleTexts } from './independentModels.ts';

const root = process.env['MODELYARD_ROOT'] ?? process.cwd();

/** The sample's tables as its own sources.yml declares them. */
export function sampleTables(): readonly DataTable[] {
  return tablesFromYaml(fs.readFileSync(path.join(root, 'models/sources.yml'), 'utf8'));
}

/** The tables of a properties file; a fault in it is a fault of the test. */
export function tablesFromYaml(text: string): readonly DataTable[] {
  const { value, diagnostics } = readProperties(text, 'models/sources.yml', (value) => ({ value, diagnostics: [] }));
  if (diagnostics.length > 0) throw new Error(diagnostics.map(formatDiagnostic).join('\n'));
  const tables = tablesFromSources({ properties: value, seeds: [], config: { seedPaths: ['seeds'] } });
  return tables.value;
}

/** The raw sample as it ships, mistakes included. */
export function rawSample(): SampleTexts {
  const read = (name: string): string =>
    fs.readFileSync(path.join(root, `templates/gaming_analytics/dbt_project/data/${name}.csv`), 'utf8');
  return { affiliates: read('affiliates'), players: read('players'), transactions: read('transactions') };
}

/** The raw sample as it is right: the later version of player 10, and the transactions that the rules allow. */
export function cleanedSample(): SampleTexts {
  const { affiliates, players, transactions } = rawSample();
  const without = (text: string, drop: RegExp): string => text.replace(drop, '');
  return {
    affiliates,
    players: without(players, /^10,8,CA,FALSE,.*\n/m),
    transactions: without(transactions, /^(?:[1-6]|10),.*\n/gm),
  };
}
