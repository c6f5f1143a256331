import type { Target } from '../project/target.ts';
import { warehouses, type WarehouseType } from './warehouse.ts';

/** What profiles.yml is written for. */
export interface ProfileRequest {
  readonly profileName: string;
  /** Name of its one output. */
  readonly targetName: string;
  readonly warehouse: WarehouseType;
  readonly target: Pick<Target, 'schema' | 'threads'>;
}

/** profiles.yml with one output, whose secrets all come from the environment. */
export function profilesText({ profileName, targetName, warehouse, target }: ProfileRequest): string {
  const { output, schemaKey } = warehouses[warehouse];
  const settings = [
    `type: ${warehouse}`,
    ...output,
    `${schemaKey}: ${JSON.stringify(target.schema)}`,
    `threads: ${String(Math.max(target.threads, 4))}`,
  ];
  return [
    `# How dbt connects to ${warehouse}. What differs by person or is secret comes from environment variables:`,
    `# ${variablesOf(warehouse).join(', ')}`,
    `${profileName}:`,
    `  target: ${targetName}`,
    '  outputs:',
    `    ${targetName}:`,
    ...settings.map((line) => `      ${line}`),
    '',
  ].join('\n');
}

/** The environment variables that the profile asks for, those without a default marked. */
export function variablesOf(warehouse: WarehouseType): readonly string[] {
  const names = warehouses[warehouse].output.flatMap((line) => {
    const found = /env_var\('(\w+)'(, '[^']*')?\)/.exec(line);
    if (found === null) return [];
    const [, name = '', fallback] = found;
    return [fallback === undefined ? `${name} (needed)` : name];
  });
  return [...new Set(names)];
}
