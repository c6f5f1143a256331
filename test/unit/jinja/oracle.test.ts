import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Diagnostic } from '../../../src/core/diagnostics/diagnostic.ts';
import { formatDiagnostic } from '../../../src/core/diagnostics/diagnostic.ts';
import { dbtGlobals } from '../../../src/core/jinja/library/dbtGlobals.ts';
import { contextModules } from '../../../src/core/jinja/modules/contextModules.ts';
import { renderNative } from '../../../src/core/jinja/native.ts';
import { bindMacro, renderTemplate } from '../../../src/core/jinja/render.ts';
import { parseTemplate } from '../../../src/core/jinja/template.ts';
import { floatRepr } from '../../../src/core/jinja/values/numbers.ts';
import { fromPlain, type PlainValue } from '../../../src/core/jinja/values/plain.ts';
import type { JinjaValue } from '../../../src/core/jinja/values/value.ts';
import { root } from '../root.ts';

interface Case {
  readonly name: string;
  readonly template: string;
  readonly context?: Readonly<Record<string, PlainValue>>;
  readonly macros?: string;
  readonly native?: boolean;
}
type ErrorKind = 'syntax' | 'undefined' | 'security' | 'type' | 'value' | 'lookup' | 'arithmetic' | 'limit';
type Answer =
  { readonly text: string } | { readonly value: unknown } | { readonly error: ErrorKind; readonly message: string };

const read = (name: string): unknown =>
  JSON.parse(fs.readFileSync(path.join(root, 'test/fixtures/jinja', name), 'utf8'));
const cases = read('cases.json') as readonly Case[];
const { answers } = read('answers.json') as { readonly answers: Readonly<Record<string, Answer>> };

/** The codes that say what Python's exceptions say. */
const codesOfKind: Readonly<Record<ErrorKind, readonly string[]>> = {
  syntax: [
    'unexpectedCharacter',
    'unclosedString',
    'unclosedTag',
    'unclosedBlock',
    'mismatchedEndTag',
    'strayEndTag',
    'unexpectedToken',
    'unknownTag',
    'unsupportedTag',
    'unknownFilter',
    'unknownTest',
    'invalidTarget',
    'invalidSyntax',
    'outsideLoop',
  ],
  undefined: ['undefinedName', 'undefinedValue'],
  security: ['unsafeAttribute'],
  // Jinja's FilterArgumentError and Python's TypeError for wrong arguments; an unknown filter at run time.
  type: ['typeError', 'argumentError', 'unknownFilter', 'unknownTest', 'undefinedName', 'undefinedValue'],
  value: ['valueError'],
  lookup: ['lookupError'],
  arithmetic: ['arithmeticError', 'tooLarge'],
  limit: ['tooDeep'],
};

function globalsOf(one: Case): ReadonlyMap<string, JinjaValue> {
  const globals = new Map<string, JinjaValue>(dbtGlobals);
  globals.set(
    'modules',
    contextModules(() => 0),
  );
  for (const [name, value] of Object.entries(one.context ?? {})) globals.set(name, fromPlain(value));
  for (const definition of parseTemplate(one.macros ?? '', 'macros.sql').value.definitions) {
    globals.set(definition.name, bindMacro(definition, globals));
  }
  return globals;
}

/** A value in the form that record.py writes. */
function recorded(value: JinjaValue | undefined): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return { float: floatRepr(value) };
  if (typeof value !== 'object' || value === null) return value;
  switch (value.kind) {
    case 'undefined':
      return { undefined: true };
    case 'tuple':
      return { tuple: value.items.map(recorded) };
    case 'list':
      return value.items.map(recorded);
    case 'dict':
      return { dict: value.entries().map((entry) => entry.map(recorded)) };
    default:
      throw new Error(`no case gives a ${value.kind}`);
  }
}

function assertFault(kind: ErrorKind, message: string, diagnostics: readonly Diagnostic[], got: unknown): void {
  const [first] = diagnostics;
  assert.ok(first, `Jinja2 fails (${kind}: ${message}), but this gave ${JSON.stringify(got)}`);
  const codes = codesOfKind[kind].map((code) => `jinja.${code}`);
  assert.ok(codes.includes(first.code), `Jinja2 fails with ${kind}: ${message}; this with ${formatDiagnostic(first)}`);
}

for (const one of cases) {
  test(`as Jinja2: ${one.name}: ${one.template.slice(0, 70)}`, () => {
    const answer = answers[one.name];
    assert.ok(answer, 'no answer is recorded: run test/oracle/jinja/record.py');
    const options = { globals: globalsOf(one) };
    if (one.native === true) {
      const { value, diagnostics } = renderNative(one.template, 'value.yml', options);
      if ('error' in answer) assertFault(answer.error, answer.message, diagnostics, recorded(value));
      else {
        assert.deepEqual(diagnostics.map(formatDiagnostic), []);
        assert.deepEqual({ value: recorded(value) }, answer);
      }
      return;
    }
    const { value, diagnostics } = renderTemplate(parseTemplate(one.template, 'model.sql').value, options);
    if ('error' in answer) {
      assertFault(answer.error, answer.message, diagnostics, value.text);
      assert.equal(value.text, undefined);
    } else {
      assert.deepEqual(diagnostics.map(formatDiagnostic), []);
      assert.deepEqual({ text: value.text }, answer);
    }
  });
}
