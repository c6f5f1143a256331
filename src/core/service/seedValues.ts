import type { DescribedSeed } from '../datagen/fromSources.ts';
import type { Project, SeedFile } from '../project/project.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';

/** As many different values of a seed's column are enough to choose from. */
const mostValues = 10_000;

/**
 * The seeds of a project, those with their values that a relationship of a source or of another seed names: the rows
 * that are made refer to the rows that the user has.
 */
export async function seedsWithValues(project: Project, files: ProjectFiles): Promise<readonly DescribedSeed[]> {
  const named = namedSeeds(project);
  return Promise.all(
    project.seeds.map(async (seed): Promise<DescribedSeed> => {
      const text = named.has(seed.name) ? await files.readText(seed.path) : undefined;
      return text === undefined ? seed : { name: seed.name, values: valuesByColumn(text, delimiterOf(project, seed)) };
    }),
  );
}

function namedSeeds({ properties }: Project): ReadonlySet<string> {
  const described = [...properties.sources, ...properties.nodes.filter(({ kind }) => kind === 'seeds')];
  const targets = described
    .flatMap((one) => [one, ...one.columns])
    .flatMap(({ tests, constraints }) => [
      ...tests.map((test) => test.arguments['to']),
      ...constraints.map(({ to }) => to),
    ]);
  return new Set(
    targets.flatMap((to) => (typeof to === 'string' ? (/^\s*ref\(\s*['"](.+?)['"]\s*\)\s*$/.exec(to)?.[1] ?? []) : [])),
  );
}

function delimiterOf({ properties }: Project, { name }: SeedFile): string {
  const written = properties.nodes.find((node) => node.kind === 'seeds' && node.name === name)?.config['delimiter'];
  return typeof written === 'string' && written.length === 1 ? written : ',';
}

/** The different values of each column that are not empty (RFC 4180). */
function valuesByColumn(text: string, delimiter: string): ReadonlyMap<string, readonly string[]> {
  const [header = [], ...rows] = recordsOf(text, delimiter);
  return new Map(
    header.map((name, at) => {
      const values = new Set(rows.map((row) => row[at] ?? '').filter((value) => value !== ''));
      return [name.trim().toLowerCase(), [...values].slice(0, mostValues)];
    }),
  );
}

function recordsOf(text: string, delimiter: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let isQuoted = false;
  const end = (): void => {
    record.push(field);
    if (record.length > 1 || field !== '') records.push(record);
    [record, field] = [[], ''];
  };
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '"') {
      if (isQuoted && text.charAt(i + 1) === '"') field += text.charAt((i += 1));
      else isQuoted = !isQuoted;
    } else if (isQuoted) field += character;
    else if (character === delimiter) {
      record.push(field);
      field = '';
    } else if (character === '\n') end();
    else if (character !== '\r') field += character;
  }
  end();
  return records;
}
