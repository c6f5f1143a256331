import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { reach } from '../../../src/core/compile/graph.ts';
import type { Manifest } from '../../../src/core/compile/manifest.ts';
import type { UniqueId } from '../../../src/core/project/uniqueId.ts';
import { compileOrder, runGraph } from '../../../src/core/run/runGraph.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

/** Of each model the numbers of those that it reads, and of each test the numbers of the models that it reads. */
interface Shape {
  readonly models: readonly (readonly number[])[];
  readonly tests: readonly (readonly number[])[];
}

const number = fc.nat({ max: 6 });
const shapes: fc.Arbitrary<Shape> = fc.record({
  models: fc
    .array(fc.array(number, { maxLength: 3 }), { minLength: 2, maxLength: 7 })
    .map((all) => all.map((reads, at) => reads.filter((one) => one < at))),
  tests: fc.array(fc.array(number, { minLength: 1, maxLength: 3 }), { maxLength: 5 }),
});

async function manifestOf({ models, tests }: Shape): Promise<Manifest> {
  const reads = (all: readonly number[]): string =>
    all.map((one) => `{{ ref('m${String(one % models.length)}') }}`).join(', ');
  const texts: Record<string, string> = {};
  for (const [at, all] of models.entries()) texts[`models/m${String(at)}.sql`] = `select 1 -- ${reads(all)}`;
  for (const [at, all] of tests.entries()) texts[`tests/t${String(at)}.sql`] = `select 1 -- ${reads(all)}`;
  const { project } = await testProject(projectTexts(texts));
  const { manifest } = await project.read();
  assert.ok(manifest);
  return manifest;
}

/** All that each node waits for, by dbt's rule word for word: its ancestors, and in build the tests of these. */
function waitsFor({ nodes, graph }: Manifest, id: UniqueId): ReadonlySet<UniqueId> {
  const ancestors = reach(graph.parents, [id]);
  const tests = [...nodes.values()].filter(
    (node) => node.resourceType === 'test' && node.dependsOn.every((one) => ancestors.has(one)),
  );
  const isHeld = nodes.get(id)?.resourceType === 'model';
  return new Set([...ancestors, ...(isHeld ? tests.map((one) => one.uniqueId) : [])]);
}

test('what a node waits for is what dbt has it wait for, whatever is selected', async () => {
  await fc.assert(
    fc.asyncProperty(shapes, fc.infiniteStream(fc.boolean()), async (shape, wanted) => {
      const manifest = await manifestOf(shape);
      const ids = new Set([...manifest.nodes.keys()].filter(() => wanted.next().value === true));
      const { graph } = runGraph(manifest, ids, 'build');
      const whole = new Map([...manifest.nodes.keys()].map((id) => [id, [...waitsFor(manifest, id)]]));
      for (const id of ids) {
        const expected = [...reach(whole, [id])].filter((one) => ids.has(one));
        assert.deepEqual([...reach(graph.parents, [id])].sort(), expected.sort(), id);
      }
    }),
    { numRuns: 60, seed: 20241127 },
  );
});

test('many models are put in order without holding every path between them', async () => {
  const models = Array.from({ length: 1500 }, (_, at) => (at === 0 ? [] : [at - 1, Math.floor(at / 2)]));
  const manifest = await manifestOf({ models, tests: [[0], [700, 1400]] });
  const ids = new Set(manifest.nodes.keys());
  const { graph } = runGraph(manifest, ids, 'build');
  const edges = [...graph.parents.values()].reduce((sum, parents) => sum + parents.length, 0);
  assert.ok(edges < 3 * models.length, `${String(edges)} edges`);
  assert.deepEqual(
    compileOrder(manifest, ids)
      .filter((node) => node.resourceType === 'model')
      .map((node) => node.name),
    models.map((_, at) => `m${String(at)}`),
  );
});
