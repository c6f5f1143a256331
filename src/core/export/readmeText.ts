import type { LoadScript } from './loadScript.ts';
import { variablesOf } from './profilesText.ts';
import type { WarehouseType } from './warehouse.ts';

/** README.md: how the project is run on its warehouse, in five lines. */
export function readmeText(name: string, warehouse: WarehouseType, load: LoadScript | undefined): string {
  const variables = variablesOf(warehouse).join(', ');
  const data =
    load === undefined
      ? 'dbt reads the data where it is: there is nothing to load.'
      : `Load the data: \`${load.call}\``;
  return [
    `# ${name} on ${warehouse}`,
    `1. Install dbt: \`pip install --requirement requirements.txt\`; then \`dbt deps\` where there is a packages.yml.`,
    `2. Set the environment variables of profiles.yml: ${variables}.`,
    `3. ${data}`,
    '4. Build and test: `dbt build --profiles-dir .`',
    '5. PORTABILITY.md lists what would not run there.',
    '',
  ].join('\n');
}
