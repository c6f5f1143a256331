import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildView, gzipped } from './builtViews.ts';

/** Bytes after gzip that a view's script may have. */
const budgets = { lineage: 180_000, results: 260_000 } as const;
const styleBudget = 8_000;

for (const view of ['lineage', 'results'] as const) {
  test(`the ${view} page stays within its budget`, async () => {
    const { script, style } = await buildView(view);
    const bytes = gzipped(script);
    assert.ok(bytes <= budgets[view], `${String(bytes)} bytes of script`);
    assert.ok(gzipped(style) <= styleBudget, `${String(gzipped(style))} bytes of style`);
  });

  test(`the ${view} stylesheet loads nothing from anywhere`, async () => {
    const { style } = await buildView(view);
    assert.doesNotMatch(style, /@import|url\(/);
  });
}
