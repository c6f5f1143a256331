import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LineageNode } from '../../../src/protocol/lineageProtocol.ts';
import { describeNode } from '../../../src/webview/lineage/describe.ts';
import {
  findNodes,
  indexGraph,
  relatedTo,
  subgraph,
  type GraphIndex,
} from '../../../src/webview/lineage/graphIndex.ts';
import { layoutKey, layoutRequest } from '../../../src/webview/lineage/layout.ts';
import { moveFrom, type Move } from '../../../src/webview/lineage/moves.ts';

const node = (name: string, more: Partial<LineageNode> = {}): LineageNode => ({
  id: name,
  name,
  resourceType: 'model',
  columns: [],
  status: 'none',
  tests: [],
  ...more,
});

/** A graph from text: `a>b b>c`; single names are nodes without edges. */
function graph(text: string): GraphIndex {
  const parts = text.split(' ').map((part) => part.split('>'));
  const names = [...new Set(parts.flat())];
  const edges = parts.flatMap(([from, to]) => (from === undefined || to === undefined ? [] : [{ from, to }]));
  return indexGraph(
    names.map((name) => node(name)),
    edges,
  );
}

const order = (index: GraphIndex) => index.nodes.map(({ id }) => id).join(' ');

test('nodes come after what they read', () => {
  assert.equal(order(graph('c>d b>c a>c')), 'b a c d');
});

test('a cycle, a self-reference and an edge to nowhere lose no node', () => {
  assert.equal(order(graph('a>b x>y y>x b>b')), 'a b x y');
  const index = indexGraph([node('a')], [{ from: 'a', to: 'gone' }]);
  assert.deepEqual([order(index), index.edges], ['a', []]);
});

test('kin are all that is upstream and downstream, or as far as some hops', () => {
  const index = graph('a>b b>c c>d x>c b>y');
  assert.deepEqual([...relatedTo(index, 'c')].sort(), ['a', 'b', 'c', 'd', 'x']);
  assert.deepEqual([...relatedTo(index, 'c', 1)].sort(), ['b', 'c', 'd', 'x']);
  assert.equal(order(subgraph(index, new Set(['b', 'c']))), 'b c');
});

test('search heeds the name and the source, not the case', () => {
  const index = indexGraph([node('players', { sourceName: 'raw' }), node('daily')], []);
  assert.deepEqual(
    ['RAW.pl', ' dai ', '', 'z'].map((text) => findNodes(index, text).map(({ id }) => id)),
    [['players'], ['daily'], [], []],
  );
});

test('keys follow edges across and columns up and down', () => {
  const index = graph('a>m b>m m>x m>y');
  const positions = new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 0, y: 60 }],
    ['m', { x: 300, y: 50 }],
    ['x', { x: 600, y: 0 }],
    ['y', { x: 600, y: 70 }],
  ]);
  const walk = (from: string, ...moves: readonly Move[]) =>
    moves.reduce((id, move) => moveFrom(id, move, index, positions), from);
  assert.equal(walk('m', 'ArrowLeft'), 'b', 'the nearest row');
  assert.equal(walk('m', 'ArrowRight'), 'y');
  assert.equal(walk('m', 'ArrowRight', 'ArrowUp'), 'x');
  assert.equal(walk('a', 'ArrowUp'), 'a', 'nowhere to go');
  assert.equal(walk('a', 'ArrowDown', 'ArrowDown'), 'b');
  assert.equal(walk('b', 'End', 'Home'), 'a');
});

test('the layout is asked for anew when nodes or edges change, not when a status does', () => {
  const before = indexGraph([node('a'), node('b')], [{ from: 'a', to: 'b' }]);
  const built = indexGraph([node('a', { status: 'success' }), node('b')], [{ from: 'a', to: 'b' }]);
  assert.equal(layoutKey(before), layoutKey(built));
  assert.notEqual(layoutKey(before), layoutKey(indexGraph(before.nodes, [])));
  assert.deepEqual(layoutRequest(7, before).edges, [[0, 1]]);
});

test('a node is described with its place; of many neighbours only the first are named', () => {
  const index = graph('a>m b>m c>m d>m e>m f>m m>x');
  assert.equal(
    describeNode(index.byId.get('m') ?? node('m'), index),
    'm, model, not built, reads from a and b and c and d and 2 more, read by x',
  );
});
