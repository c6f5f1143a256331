import type { TextFiles } from './projectFiles.ts';
import type { Project } from './project.ts';
import type { UnitTestProperties } from './unitTestProperties.ts';

/** A file whose rows unit tests name: below `fixtures` of a test path, or a seed that stands in for its own table. */
export interface FixtureFile {
  readonly kind: 'fixture' | 'seed';
  readonly name: string;
  readonly format: 'csv' | 'sql';
  readonly text: string;
}

/**
 * Reads the files that unit tests name (dbt-core: parser/fixtures.py). Of seeds, which may be large, only those whose
 * rows a test leaves out, since they are then the seed's own (parser/unit_tests.py, _load_rows_from_seed).
 */
export async function readFixtureFiles(
  files: TextFiles,
  project: Pick<Project, 'seeds' | 'files'> & { readonly testPaths: readonly string[] },
  unitTests: readonly UnitTestProperties[],
): Promise<readonly FixtureFile[]> {
  if (unitTests.length === 0) return [];
  const fixtures = project.files.filter((path) =>
    project.testPaths.some((folder) => path.startsWith(`${folder}/fixtures/`)),
  );
  const whole = unitTests.flatMap(({ given }) => given).filter((one) => isWholeSeed(one));
  const seeds = project.seeds.filter(({ name }) => whole.some(({ input }) => input.includes(name)));
  const wanted = [
    ...fixtures.map((path) => ({ kind: 'fixture' as const, path })),
    ...seeds.map(({ path }) => ({ kind: 'seed' as const, path })),
  ];
  const read = wanted.map(async ({ kind, path }): Promise<readonly FixtureFile[]> => {
    const [, name, ending] = /([^/]+)\.(csv|sql)$/.exec(path) ?? [];
    if (name === undefined) return [];
    const text = await files.readText(path);
    return text === undefined ? [] : [{ kind, name, format: ending === 'sql' ? 'sql' : 'csv', text }];
  });
  return (await Promise.all(read)).flat();
}

/** True for rows that are left out: they are then those of the seed's file. */
export function isWholeSeed({ format, hasRows, fixture }: UnitTestProperties['given'][number]): boolean {
  return format === 'dict' && !hasRows && fixture === undefined;
}
