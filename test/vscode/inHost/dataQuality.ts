import * as vscode from 'vscode';
import type { CheckSummary } from '../../../src/extension/features/checkDataFeature.ts';
import type { CleanSummary } from '../../../src/extension/features/cleanDataFeature.ts';
import type { GenerateAnswers } from '../../../src/extension/features/generateFeature.ts';
import type { SimulateSummary } from '../../../src/extension/features/simulateFeature.ts';
import type { DefectSummary } from '../../../src/extension/features/tryDefectsFeature.ts';
import { check, checkEqual } from './check.ts';
import { diagnosticsWhen, projectFile, readFile } from './workspace.ts';

const players = 'data/players.csv';

/** Of the sample that the suites before this one have made: its rows obey the rules. */
suite('data quality', () => {
  test('generated data break no rule', async () => {
    checkEqual(await checkData(), { outcome: 'checked', rows: 0, rules: 0 });
    checkEqual(await clean('replace'), { outcome: 'clean', files: [] });
  });

  test('a row that is there twice is found, on its lines', async () => {
    const lines = (await readFile(players)).trimEnd().split('\n');
    await write(players, [...lines, lines.at(-1)].map((line) => `${line ?? ''}\n`).join(''));
    const { outcome, rows } = await checkData();
    checkEqual([outcome, rows >= 2], ['checked', true]);
    const found = await diagnosticsWhen(projectFile(players), (all) => all.length > 0);
    const twice = found.filter(({ message }) => message.includes('occurs 2 times'));
    checkEqual(
      twice.map(({ range }) => range.start.line + 1),
      [lines.length, lines.length + 1],
    );
  });

  test('what was found can be saved', async () => {
    const target = projectFile('violations.json');
    await vscode.commands.executeCommand('modelyard.saveViolations', target);
    const saved = JSON.parse(await readFile('violations.json')) as readonly { file: string }[];
    check(saved.length >= 2 && saved.every(({ file }) => file !== ''), 'the violations were not saved');
    await vscode.workspace.fs.delete(target);
  });

  test('a cleaned copy goes to a folder, and the data stay', async () => {
    const before = await readFile(players);
    const { outcome, files } = await clean(projectFile('cleaned'));
    checkEqual([outcome, files.length], ['written', 3]);
    checkEqual(await readFile(players), before);
    check((await readFile('cleaned/rejects.csv')).includes('occurs 2 times'), 'the rejects have no reason');
    await vscode.workspace.fs.delete(projectFile('cleaned'), { recursive: true });
  });

  test('cleaning in place leaves no broken rule', async () => {
    checkEqual((await clean('replace')).outcome, 'written');
    checkEqual((await checkData()).rows, 0);
    await diagnosticsWhen(projectFile(players), (all) => all.length === 0);
  });

  test('extending keeps the rows that are there', async () => {
    const before = await readFile(players);
    checkEqual(await vscode.commands.executeCommand('modelyard.extendData', { rows: 250 }), true);
    const after = await readFile(players);
    check(after.startsWith(before), 'rows that were there were changed');
    checkEqual(after.trimEnd().split('\n').length, 251);
    checkEqual((await checkData()).rows, 0);
  });

  test('rows that Modelyard did not make are replaced with a yes only, and its own without asking', async () => {
    const before = await readFile(players);
    // VS Code refuses to ask in tests, and says what was asked.
    const asked = await generate({ rows: 200, seed: 'again' }).then(String, String);
    check(asked.includes('data/players.csv holds rows that Modelyard did not make. Replace them?'), asked);
    checkEqual(await readFile(players), before);
    checkEqual(await generate({ rows: 200, seed: 'again', replace: true }), true);
    check((await readFile(players)) !== before, 'nothing was generated');
    checkEqual(await generate({ rows: 200, seed: 'and again' }), true);
  });

  test('defects are tried on copies', async () => {
    const before = await readFile(players);
    const tried = await vscode.commands.executeCommand<DefectSummary>('modelyard.tryDefects', { rate: 0.02 });
    checkEqual(tried.outcome, 'tried');
    check(tried.caught > 10 && tried.caught <= tried.kinds, `${String(tried.caught)} kinds were caught`);
    checkEqual(await readFile(players), before);
  });

  test('days are simulated apart, and told in a document', async () => {
    const before = await readFile(players);
    const simulated = await vscode.commands.executeCommand<SimulateSummary>('modelyard.simulateDays', { days: 2 });
    checkEqual(simulated.outcome, 'simulated');
    checkEqual(simulated.days, 2);
    const text = vscode.window.activeTextEditor?.document.getText() ?? '';
    check(text.includes('Day 2 of 2: '), text);
    checkEqual(await readFile(players), before);
  });
});

async function checkData(): Promise<CheckSummary> {
  return vscode.commands.executeCommand<CheckSummary>('modelyard.checkData');
}

async function generate(answers: GenerateAnswers): Promise<boolean> {
  return vscode.commands.executeCommand<boolean>('modelyard.generateSampleData', answers);
}

async function clean(target: 'replace' | vscode.Uri): Promise<CleanSummary> {
  return vscode.commands.executeCommand<CleanSummary>('modelyard.cleanData', { target });
}

async function write(path: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(projectFile(path), new TextEncoder().encode(text));
}
