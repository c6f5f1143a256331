import * as vscode from 'vscode';
import { hintChoices, type HintChoice } from '../../core/datagen/hintChoices.ts';
import { Disposable } from '../disposable.ts';
import type { ProjectRegistry } from '../projectRegistry.ts';
import { hintPlaceAt, type HintPlace } from './hintPlace.ts';
import { snippetText } from './snippetText.ts';

const languages = ['yaml', 'jinja-yaml'].map((language) => ({ language }));
const word = /[\w-]+/;

/** Completion and hovers of the generator's hints in the properties files of dbt projects. */
export class HintLanguage extends Disposable implements vscode.CompletionItemProvider, vscode.HoverProvider {
  readonly #registry: ProjectRegistry;

  constructor(registry: ProjectRegistry) {
    super();
    this.#registry = registry;
    this._register(vscode.languages.registerCompletionItemProvider(languages, this, ' ', '{'));
    this._register(vscode.languages.registerHoverProvider(languages, this));
  }

  async provideCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.CompletionItem[]> {
    const place = await this.#placeAt(document, position);
    if (place === undefined) return [];
    const choices = hintChoices(place.of);
    if (place.valueOf !== undefined) {
      const choice = choices.find(({ name }) => name === place.valueOf);
      return choice === undefined ? [] : values(choice);
    }
    const around = document.getWordRangeAtPosition(position, word);
    // A word that begins at the cursor is another hint, not this one.
    const isBehind = around === undefined || around.start.isEqual(position);
    const range = isBehind ? new vscode.Range(position, position) : around;
    const hasColon = /^\s*:/.test(document.lineAt(range.end.line).text.slice(range.end.character));
    const wanted = choices
      .filter(({ name }) => !place.written.includes(name) || name === document.getText(range))
      .map((choice) => nameItem(choice, range, hasColon));
    return inOrder(wanted);
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const range = document.getWordRangeAtPosition(position, word);
    if (range === undefined || !/^["']?\s*:/.test(document.lineAt(range.end.line).text.slice(range.end.character)))
      return undefined;
    const place = await this.#placeAt(document, range.start);
    if (place === undefined || place.valueOf !== undefined) return undefined;
    const choice = hintChoices(place.of).find(({ name }) => name === document.getText(range));
    return choice === undefined ? undefined : new vscode.Hover(explained(choice), range);
  }

  async #placeAt(document: vscode.TextDocument, { line, character }: vscode.Position): Promise<HintPlace | undefined> {
    // Which projects there are is known when they have been looked for.
    await this.#registry.active();
    if (this.#registry.projectOf(document.uri) === undefined) return undefined;
    return hintPlaceAt(document.getText().split(/\r?\n/), line, character);
  }
}

function nameItem(choice: HintChoice, range: vscode.Range, hasColon: boolean): vscode.CompletionItem {
  const { name, snippet } = choice;
  const one = new vscode.CompletionItem(name, vscode.CompletionItemKind.Property);
  one.range = range;
  one.insertText = new vscode.SnippetString(hasColon ? name : `${name}: ${snippet}`);
  one.documentation = explained(choice);
  return one;
}

/** The words that a hint takes, and what else it can be, to be filled in. */
function values(choice: HintChoice): vscode.CompletionItem[] {
  const words = choice.values.map((value) => new vscode.CompletionItem(value, vscode.CompletionItemKind.EnumMember));
  const text = snippetText(choice.snippet);
  if (choice.values.includes(text)) return inOrder(words);
  const form = new vscode.CompletionItem(text, vscode.CompletionItemKind.Snippet);
  form.insertText = new vscode.SnippetString(choice.snippet);
  form.documentation = explained(choice);
  return inOrder([...words, form]);
}

/** VS Code sorts by labels what has no order of its own. */
function inOrder(items: readonly vscode.CompletionItem[]): vscode.CompletionItem[] {
  return items.map((one, at) => Object.assign(one, { sortText: String(at).padStart(3, '0') }));
}

function explained({ name, description, expected }: HintChoice): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  text.appendMarkdown(`**${name}** (a hint of Modelyard)\n\n`);
  text.appendText(`${description}\n\nMust be ${expected}.`);
  return text;
}
