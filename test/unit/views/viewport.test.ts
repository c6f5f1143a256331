import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cardSize, type Point } from '../../../src/webview/lineage/layout.ts';
import {
  firstView,
  fitAll,
  readableZoom,
  reveal,
  zoomAround,
  zoomRange,
} from '../../../src/webview/lineage/viewport.ts';

const page = { width: 1000, height: 300 };
const row = (count: number): Point[] => Array.from({ length: count }, (_, at) => ({ x: at * 400, y: 0 }));

test('a few cards stand in the middle in their own size', () => {
  const view = fitAll(row(1), page);
  assert.deepEqual(view, { x: (1000 - cardSize.width) / 2, y: (300 - cardSize.height) / 2, zoom: 1 });
});

test('what does not fit is made smaller by Fit, but never unreadable by itself', () => {
  assert.ok(fitAll(row(20), page).zoom < 0.2);
  const first = firstView(row(20), page, undefined);
  assert.deepEqual(first, { x: 16, y: 150 - (cardSize.height / 2) * readableZoom, zoom: readableZoom });
});

test('the first view has its focus in the middle, unless that would leave the page half empty', () => {
  const points = row(20);
  const middle = firstView(points, page, points[10]);
  assert.equal((4000 + cardSize.width / 2) * readableZoom + middle.x, 500);
  assert.equal(firstView(points, page, points[0]).x, 16);
  const last = firstView(points, page, points[19]);
  assert.equal(Math.round((19 * 400 + cardSize.width) * readableZoom + last.x), 1000 - 16);
});

test('a card is brought into view by the smallest move', () => {
  const view = { x: 0, y: 0, zoom: 1 };
  assert.deepEqual(reveal(view, { x: 100, y: 100 }, page), view);
  assert.equal(reveal(view, { x: -500, y: 100 }, page).x, 516);
  assert.equal(reveal(view, { x: 900, y: 100 }, page).x, 1000 - 16 - 900 - cardSize.width);
});

test('zooming keeps the middle of the page where it is, within the range', () => {
  const view = { x: 30, y: -20, zoom: 0.8 };
  const nearer = zoomAround(view, 1.25, page);
  assert.equal(nearer.zoom, 1);
  assert.equal(Math.round((500 - nearer.x) / nearer.zoom), Math.round((500 - view.x) / view.zoom));
  assert.equal(zoomAround(view, 100, page).zoom, zoomRange.max);
  assert.equal(zoomAround(view, 0.0001, page).zoom, zoomRange.min);
});
