import * as vscode from 'vscode';
import type { Manifest, TestNode, UnitTestNode } from '../../core/compile/manifest.ts';
import type { UniqueId } from '../../core/project/uniqueId.ts';
import type { NodeResult } from '../../core/run/nodeResult.ts';
import { Disposable } from '../disposable.ts';
import type { RunFeature } from '../features/runFeature.ts';
import type { Workbench } from '../workbench.ts';

type AnyTest = TestNode | UnitTestNode;

/** dbt's tests in the editor's Testing view: run from there, and told there however they were run. */
export class TestingView extends Disposable {
  readonly #workbench: Workbench;
  readonly #runs: RunFeature;
  readonly #cancel: () => void;
  readonly #controller = this._register(vscode.tests.createTestController('modelyard', 'dbt Tests'));
  readonly #items = new Map<UniqueId, vscode.TestItem>();
  readonly #told = new Map<UniqueId, NodeResult>();
  #manifest: Manifest | undefined;
  /** The run that was begun in the view and has not ended. */
  #running: vscode.TestRun | undefined;

  constructor(workbench: Workbench, runs: RunFeature, cancel: () => void) {
    super();
    this.#workbench = workbench;
    this.#runs = runs;
    this.#cancel = cancel;
    this.#controller.createRunProfile(
      'Run',
      vscode.TestRunProfileKind.Run,
      (request, token) => this.#run(request, token),
      true,
    );
    this._register(workbench.onDidChange(() => this.#follow()));
  }

  #follow(): void {
    const { manifest, states } = this.#workbench;
    if (manifest !== this.#manifest) {
      this.#manifest = manifest;
      this.#show(manifest);
    }
    // How nodes ended is known when a run has ended.
    if (states.active.size === 0) this.#tell(states.results);
  }

  /** Makes the tree anew: the tests below what they are written under. */
  #show(manifest: Manifest | undefined): void {
    this.#items.clear();
    const groups = new Map<string, vscode.TestItem>();
    for (const test of testsOf(manifest)) {
      const label = groupOf(test, manifest);
      const group = groups.get(label) ?? this.#controller.createTestItem(`group ${label}`, label);
      groups.set(label, group);
      const item = this.#controller.createTestItem(
        test.uniqueId,
        test.name,
        this.#workbench.uriOf(test.originalFilePath),
      );
      const { start, end } = test.range;
      item.range = new vscode.Range(start.line, start.character, end.line, end.character);
      group.children.add(item);
      this.#items.set(test.uniqueId, item);
    }
    this.#controller.items.replace([...groups.values()]);
  }

  /** Tells what is new since it was last told. */
  #tell(results: ReadonlyMap<UniqueId, NodeResult>): void {
    const fresh = [...results.values()].filter(
      (one) => this.#items.has(one.node.uniqueId) && this.#told.get(one.node.uniqueId) !== one,
    );
    if (fresh.length === 0) return;
    const items = fresh.flatMap(({ node }) => this.#items.get(node.uniqueId) ?? []);
    const run = this.#running ?? this.#controller.createTestRun(new vscode.TestRunRequest(items), undefined, false);
    for (const result of fresh) {
      this.#told.set(result.node.uniqueId, result);
      const item = this.#items.get(result.node.uniqueId);
      if (item !== undefined) tellOne(run, item, result);
    }
    if (run !== this.#running) run.end();
  }

  async #run(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    const left = new Set(request.exclude?.map(({ id }) => id));
    const items = leaves(request.include ?? [...this.#controller.items].map(([, item]) => item)).filter(
      ({ id }) => !left.has(id),
    );
    const run = this.#controller.createTestRun(request);
    const listener = token.onCancellationRequested(this.#cancel);
    for (const item of items) run.enqueued(item);
    this.#running = run;
    try {
      const everything = items.length === this.#items.size;
      const label = everything
        ? 'Test'
        : items.length === 1
          ? `Test ${items[0]?.label ?? ''}`
          : `${String(items.length)} tests`;
      await this.#runs.run('test', everything ? [] : items.map(({ label: name }) => name), label);
    } finally {
      this.#running = undefined;
      listener.dispose();
      run.end();
    }
  }
}

function testsOf(manifest: Manifest | undefined): readonly AnyTest[] {
  return [...(manifest?.nodes.values() ?? [])].filter(
    (node): node is AnyTest => node.resourceType === 'test' || node.resourceType === 'unit_test',
  );
}

/** What a test is written under; the first thing that it reads for one that is a file. */
function groupOf(test: AnyTest, manifest: Manifest | undefined): string {
  const attached = test.resourceType === 'test' ? test.generic?.attachedNode : undefined;
  const [first] = test.dependsOn;
  const under = attached ?? first;
  return (under === undefined ? undefined : manifest?.nodes.get(under)?.name) ?? 'tests';
}

function leaves(items: readonly vscode.TestItem[]): readonly vscode.TestItem[] {
  return items.flatMap((item) =>
    item.children.size === 0 ? [item] : leaves([...item.children].map(([, child]) => child)),
  );
}

function tellOne(run: vscode.TestRun, item: vscode.TestItem, result: NodeResult): void {
  const { status, diagnostics, message: line, timing } = result;
  const duration = timing.reduce((sum, one) => sum + one.completedAt - one.startedAt, 0);
  const why = diagnostics.map((one) => one.message).join('\n') || (line ?? status);
  const message = new vscode.TestMessage(why);
  if (item.uri !== undefined && item.range !== undefined) message.location = new vscode.Location(item.uri, item.range);
  switch (status) {
    case 'pass':
    case 'success':
    case 'warn':
    case 'no-op':
      run.passed(item, duration);
      return;
    case 'fail':
      run.failed(item, message, duration);
      return;
    case 'error':
    case 'partial success':
      run.errored(item, message, duration);
      return;
    case 'skipped':
      run.skipped(item);
  }
}
