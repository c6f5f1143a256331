import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { LatestEventsPort } from '../../src/extension/views/latestEvents.ts';
import type { LineageEvents, LineageMethods, LineageSnapshot } from '../../src/protocol/lineageProtocol.ts';
import { emitter, serve } from '../../src/protocol/rpc.ts';
import { dag, gaming, idOf, largeProject, longNames, single } from './lineageSamples.ts';
import { themeNames } from './themes.ts';
import { until } from './until.ts';
import { ViewLab, type PageOptions, type WebviewPage } from './webviewPage.ts';

let lab: ViewLab;
before(async () => {
  lab = await ViewLab.open('lineage');
});
after(() => lab.close());

interface LineagePage extends WebviewPage {
  /** What the page asked of the host: `select {"id":…}`. */
  readonly asked: readonly string[];
  show(snapshot: LineageSnapshot): void;
}

/** Opens the page with a snapshot that was there before it. `failing` makes every wish fail. */
async function open(snapshot: LineageSnapshot, options: PageOptions & { failing?: string } = {}): Promise<LineagePage> {
  const port = new LatestEventsPort();
  const asked: string[] = [];
  const record = (method: string) => (params: unknown) => {
    asked.push(`${method} ${JSON.stringify(params)}`);
    if (options.failing !== undefined) throw new Error(options.failing);
  };
  serve<LineageMethods>(port, {
    select: record('select'),
    open: record('open'),
    preview: record('preview'),
    run: record('run'),
    test: record('test'),
    build: record('build'),
    cancel: record('cancel'),
    openLocation: record('openLocation'),
    decideDag: record('decideDag'),
    act: record('act'),
  });
  const emit = emitter<LineageEvents>(port);
  emit('snapshot', snapshot);
  const webview = await lab.load(port, options);
  return { ...webview, asked, show: (next) => emit('snapshot', next) };
}

/** The card of a node by its name. */
const card = (view: WebviewPage, name: string) =>
  view.page.locator('.card', { has: view.page.locator(`.name:text-is("${name}")`) });

for (const theme of themeNames) {
  test(`the gaming sample is clean and complete in ${theme}`, async () => {
    const view = await open({ ...gaming, selectedId: idOf('daily') }, { theme });
    await card(view, 'weekly_report').waitFor();
    assert.equal(await view.page.locator('.card').count(), 7);
    await until(async () => (await view.page.locator('.react-flow__edge').count()) === 7);
    await view.shot(`gaming-${theme}`);
    await view.assertClean();
    await view.page.getByRole('button', { name: 'Show as list' }).click();
    await view.page.getByRole('option').first().waitFor();
    await view.shot(`list-${theme}`);
    await view.assertClean();
    await view.close();
  });
}

test('a card says what it shows in words as well', async () => {
  const view = await open(gaming);
  await card(view, 'players').waitFor();
  const words = async (name: string) => {
    const text = await card(view, name).innerText();
    return [text.replaceAll(/\s+/g, ' '), await card(view, name).getAttribute('aria-description')];
  };
  assert.deepEqual(await words('transactions'), [
    'transactions source · raw loaded 1M rows 1 test: 1 passed',
    'read by daily_player_transactions and agg_discord_deposits_by_country and player_top_three_deposits',
  ]);
  assert.deepEqual(await words('players'), [
    'players source · raw loaded 1,000 rows 1/2 tests: 1 failed, 1 passed',
    'read by daily_player_transactions and agg_discord_deposits_by_country',
  ]);
  assert.deepEqual(await words('agg_discord_deposits_by_country'), [
    'agg_discord_deposits_by_country model · table failed 1 test: 1 skipped',
    'no such column: countrycode, reads from affiliates and players and transactions',
  ]);
  await view.close();
});

test('a click selects, a double click opens, and buttons act on the selected node', async () => {
  const view = await open(gaming);
  await card(view, 'players').click();
  await until(() => view.asked.length === 1);
  view.show({ ...gaming, run: { label: 'Building', done: 1, total: 2 } });
  await view.page.getByRole('progressbar').waitFor();
  assert.equal(await card(view, 'players').getAttribute('aria-pressed'), 'true', 'news of a run take nothing back');
  view.show(gaming);
  await view.page.getByRole('button', { name: 'Build the project' }).waitFor();
  await view.page.getByRole('button', { name: 'Preview players' }).click();
  await view.page.getByRole('button', { name: 'Test players' }).click();
  await view.page.getByRole('button', { name: 'Open models/sources.yml' }).click();
  assert.equal(await view.page.getByRole('button', { name: 'Run players' }).count(), 0, 'a source is not run');
  await view.page.getByRole('button', { name: 'Build the project' }).click();
  await card(view, 'daily_player_transactions').dblclick();
  const players = `{"id":"${idOf('players')}"}`;
  const daily = `{"id":"${idOf('daily')}"}`;
  await until(() => view.asked.some((one) => one.startsWith(`open ${daily}`)));
  assert.deepEqual(
    [...new Set(view.asked)],
    [
      `select ${players}`,
      `preview ${players}`,
      `test ${players}`,
      `open ${players}`,
      'build {}',
      `select ${daily}`,
      `open ${daily}`,
    ],
  );
  await view.close();
});

test('the keyboard walks the graph: one tab stop, arrows along edges, Enter selects, O opens', async () => {
  const view = await open(gaming);
  const { page } = view;
  await card(view, 'weekly_report').waitFor();
  assert.equal(await page.locator('.graph [tabindex="0"]').count(), 1);
  await page.getByRole('button', { name: 'Build the project' }).focus();
  await page.keyboard.press('Tab');
  const focused = () => page.evaluate('document.activeElement.dataset.node');
  assert.equal(await focused(), idOf('affiliates'));
  await page.keyboard.press('ArrowRight');
  await until(async () => (await focused()) === idOf('discord'));
  await page.keyboard.press('End');
  await until(async () => (await focused()) === idOf('exposure'));
  await page.keyboard.press('ArrowLeft');
  await until(async () => (await focused()) === idOf('daily'));
  await page.keyboard.press('Enter');
  await page.keyboard.press('o');
  await until(() => view.asked.length === 2);
  assert.deepEqual(view.asked, [`select {"id":"${idOf('daily')}"}`, `open {"id":"${idOf('daily')}"}`]);
  assert.match(
    await page.locator('[role="status"].spoken').innerText(),
    /^Selected daily_player_transactions, model table, built/,
  );
  assert.equal(await page.locator('.graph [tabindex="0"]').count(), 1);
  await view.shot('keyboard');
  await view.close();
});

test('search finds by name, says how many, and Enter goes from one to the next', async () => {
  const view = await open(gaming);
  const search = view.page.getByRole('searchbox');
  await card(view, 'players').waitFor();
  await search.fill('PLAYER');
  assert.equal(await view.page.locator('.matches').innerText(), '3 of 7');
  assert.equal(await view.page.locator('.card[data-dimmed]').count(), 4);
  await view.shot('search');
  await search.press('Enter');
  await search.press('Enter');
  assert.equal(await card(view, 'daily_player_transactions').getAttribute('tabindex'), '0');
  await search.press('Escape');
  assert.equal(await view.page.locator('.card[data-dimmed]').count(), 0);
  await view.close();
});

test('"only related" leaves the selected node and its kin', async () => {
  const view = await open({ ...gaming, selectedId: idOf('top') });
  await view.page.getByRole('button', { name: /^Show only/ }).click();
  await until(async () => (await view.page.locator('.card').count()) === 2);
  assert.deepEqual(await view.page.locator('.card .name').allInnerTexts(), [
    'transactions',
    'player_top_three_deposits',
  ]);
  await view.close();
});

test('the list has the same nodes, keys and choices as the graph', async () => {
  const view = await open(gaming);
  const { page } = view;
  await page.getByRole('button', { name: 'Show as list' }).click();
  assert.deepEqual(await page.getByRole('option').locator('> .withIcon:first-child').allInnerTexts(), [
    'raw.affiliates',
    'raw.players',
    'raw.transactions',
    'daily_player_transactions',
    'agg_discord_deposits_by_country',
    'player_top_three_deposits',
    'weekly_report',
  ]);
  await page.getByRole('option').first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await until(() => view.asked.length === 1);
  assert.deepEqual(view.asked, [`select {"id":"${idOf('daily')}"}`]);
  await view.close();
});

test('a run shows how far it is, can be stopped, and moves no card', async () => {
  const view = await open(gaming);
  await card(view, 'players').waitFor();
  const box = await card(view, 'players').boundingBox();
  view.show({ ...gaming, run: { label: 'Building gaming_analytics', done: 3, total: 12 } });
  const stop = view.page.getByRole('button', { name: 'Stop Building gaming_analytics, 3/12' });
  await stop.waitFor();
  await view.shot('run');
  await view.assertClean();
  await stop.click();
  await until(() => view.asked.length === 1);
  assert.deepEqual(view.asked, ['cancel null']);
  assert.deepEqual(await card(view, 'players').boundingBox(), box);
  assert.equal(await view.page.locator('[role="status"].spoken').innerText(), 'Building gaming_analytics');
  view.show(gaming);
  await until(async () =>
    /ended, 1 nodes and 1 tests failed/.test(await view.page.locator('[role="status"].spoken').innerText()),
  );
  await view.close();
});

test('nothing can be run in a workspace that is not trusted', async () => {
  const view = await open({ ...gaming, canRun: false, selectedId: idOf('daily') });
  assert.equal(
    await view.page.getByRole('button', { name: 'Trust this workspace to build the project' }).isDisabled(),
    true,
  );
  assert.equal(await view.page.getByRole('button', { name: 'Run daily_player_transactions' }).isDisabled(), true);
  await view.close();
});

test('a wish that fails is reported and can be dismissed', async () => {
  const view = await open(gaming, { failing: 'the engine is gone' });
  await card(view, 'players').click();
  await view.page.getByRole('alert').getByText('the engine is gone').waitFor();
  await view.shot('notice');
  await view.page.getByRole('button', { name: 'Dismiss' }).click();
  assert.equal(await view.page.getByRole('alert').count(), 0);
  await view.close();
});

const states = {
  noProject: { state: 'noProject', actions: ['createSample', 'openFolder'] },
  loading: { state: 'loading' },
  failed: {
    state: 'failed',
    message: 'The value of name is missing.',
    detail: "1 | nam: 'gaming_analytics'\n  | ^^^",
    location: { file: 'dbt_project.yml', line: 0, character: 0 },
    actions: ['showProblems', 'reload'],
  },
  noModels: { ...gaming, nodes: [], edges: [] },
} as const satisfies Record<string, LineageSnapshot>;

for (const [name, snapshot] of Object.entries(states)) {
  test(`the state ${name} is clean in every theme`, async () => {
    const view = await open(snapshot);
    await view.page.locator('.state').waitFor();
    for (const theme of themeNames) {
      await view.setTheme(theme);
      await view.shot(`${name}-${theme}`);
      await view.assertClean();
    }
    await view.close();
  });
}

test('empty and failed states offer the way on', async () => {
  const view = await open(states.noProject);
  await view.page.getByRole('button', { name: 'Create Sample Project' }).click();
  view.show(states.failed);
  await view.page.getByRole('button', { name: 'dbt_project.yml:1:1' }).click();
  await view.page.getByRole('button', { name: 'Show Problems' }).click();
  await until(() => view.asked.length === 3);
  assert.deepEqual(view.asked, [
    'act {"action":"createSample"}',
    'openLocation {"file":"dbt_project.yml","line":0,"character":0}',
    'act {"action":"showProblems"}',
  ]);
  await view.close();
});

for (const theme of themeNames) {
  test(`a DAG before it is written is clean in ${theme}`, async () => {
    const view = await open(dag, { theme });
    await card(view, 'source_tests').waitFor();
    assert.equal(await view.page.locator('.card').count(), 4);
    await until(async () => (await view.page.locator('.react-flow__edge').count()) === 3);
    await view.shot(`dag-${theme}`);
    await view.assertClean();
    await view.close();
  });
}

test('the tasks of a DAG are walked and read aloud, and the DAG is written or not', async () => {
  const view = await open(dag);
  const { page } = view;
  await card(view, 'source_tests').waitFor();
  const focused = () => page.evaluate('document.activeElement.dataset.node');
  await page.getByRole('button', { name: 'Write DAG…' }).focus();
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'source_tests');
  await page.keyboard.press('ArrowRight');
  await until(async () => String(await focused()).startsWith('model_'));
  await page.keyboard.press('Enter');
  await until(async () =>
    /^model_\w+, dbt build --select \S+.*, after source_tests$/.test(
      await page.locator('[role="status"].spoken').innerText(),
    ),
  );
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Write DAG…' }).click();
  await until(() => view.asked.length === 3);
  assert.deepEqual(view.asked, ['decideDag {"write":false}', 'decideDag {"write":false}', 'decideDag {"write":true}']);
  view.show(gaming);
  await card(view, 'players').waitFor();
  await view.close();
});

test('a DAG in a narrow and low panel keeps its buttons on the page', async () => {
  const view = await open(dag, { width: 300, height: 150 });
  await card(view, 'source_tests').waitFor();
  const overflow = await view.page.evaluate('document.querySelector(".toolbar").scrollWidth');
  assert.ok(Number(overflow) <= 300, `the toolbar is ${String(overflow)} pixels wide`);
  await view.shot('dag-narrow');
  await view.assertClean();
  await view.close();
});

test('long names are cut on the card and whole in the tooltip', async () => {
  const view = await open(longNames);
  const first = view.page.locator('.card').first();
  await first.waitFor();
  assert.match((await first.getAttribute('title')) ?? '', /to_the_end$/);
  const height = (await first.boundingBox())?.height ?? 0;
  assert.ok(Math.abs(height - 52 * (await zoomOf(view))) < 0.1, `${String(height)} pixels high`);
  await view.shot('long-names');
  await view.assertClean();
  await view.close();
});

const zoomOf = (view: WebviewPage): Promise<number> =>
  view.page.evaluate('new DOMMatrix(getComputedStyle(document.querySelector(".react-flow__viewport")).transform).a');

test('one node stands in the middle, not larger than life', async () => {
  const view = await open(single);
  await card(view, 'only_model').waitFor();
  assert.equal(await zoomOf(view), 1);
  const box = await card(view, 'only_model').boundingBox();
  assert.equal(Math.round((box?.x ?? 0) + (box?.width ?? 0) / 2), 360);
  await view.close();
});

test('a narrow and low panel keeps cards readable and every control on the page', async () => {
  const view = await open({ ...gaming, selectedId: idOf('daily') }, { width: 300, height: 150 });
  await card(view, 'daily_player_transactions').waitFor();
  assert.ok((await zoomOf(view)) >= 0.7);
  const overflow = await view.page.evaluate('document.querySelector(".toolbar").scrollWidth');
  assert.ok(Number(overflow) <= 300, `the toolbar is ${String(overflow)} pixels wide`);
  await view.shot('narrow');
  await view.assertClean();
  await view.page.getByRole('button', { name: 'Show as list' }).click();
  await view.shot('narrow-list');
  await view.close();
});

test('of a thousand nodes only those in sight are drawn, and the keyboard reaches the others', async () => {
  const project = largeProject(1000);
  const view = await open({ ...project, selectedId: project.nodes[500]?.id ?? '' });
  const { page } = view;
  await card(view, 'stg_model_500').waitFor();
  const drawn = await page.locator('.card').count();
  assert.ok(drawn > 0 && drawn < 60, `${String(drawn)} cards are drawn`);
  await view.shot('thousand');
  await view.assertClean();
  await card(view, 'stg_model_500').focus();
  await page.keyboard.press('End');
  await until(async () => (await page.evaluate('document.activeElement.dataset.node')) !== project.nodes[500]?.id);
  assert.ok((await page.locator('.card').count()) < 60);
  await page.getByRole('button', { name: 'Fit everything' }).click();
  await until(async () => (await page.locator('.card').count()) === 1000);
  await view.shot('thousand-fit');
  await view.close();
});

test('a hundred nodes', async () => {
  const view = await open(largeProject(100));
  await view.page.locator('.card').first().waitFor();
  await view.shot('hundred');
  await view.assertClean();
  await view.close();
});
