import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FirstInOrder } from '../../../src/core/compare/firstInOrder.ts';

interface Card {
  readonly rank: number;
  readonly turn: number;
}

/** The first of the cards with these ranks, as their ranks and the turns in which they were added. */
function first(most: number, ranks: readonly number[]): readonly (readonly number[])[] {
  const cards = new FirstInOrder<Card>(most, (a, b) => a.rank - b.rank);
  for (const [turn, rank] of ranks.entries()) cards.add({ rank, turn });
  return cards.taken().map(({ rank, turn }) => [rank, turn]);
}

test('the first in order are those of the whole in order, and of equals those that came first', () => {
  const ranks = Array.from({ length: 500 }, (_, at) => (at * 37) % 50);
  const whole = [...ranks.entries()].map(([turn, rank]) => [rank, turn] as const).sort(([a], [b]) => a - b);
  for (const most of [1, 2, 7, 100, 499, 500, 501]) assert.deepEqual(first(most, ranks), whole.slice(0, most));
});

test('none are kept when none are wanted, and all when there are few', () => {
  assert.deepEqual(first(0, [3, 1, 2]), []);
  assert.deepEqual(first(10, [3, 1, 2]).flat(), [1, 1, 2, 2, 3, 0]);
});
