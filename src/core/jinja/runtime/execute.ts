import { undefinedFailure } from '../values/undefinedFailure.ts';
import type { Body, CallBlock, Definition, For, If, Statement, Target, With } from '../syntax/syntaxTree.ts';
import { isTruthy, iterate, sizeOf } from '../values/iterate.ts';
import { failure, typeError, valueError } from '../values/jinjaFailure.ts';
import { hostFunction, isCompound, isUndefined, type JinjaCallable, type JinjaValue } from '../values/value.ts';
import { callValue } from './callValue.ts';
import { applyFilterChain, evaluate } from './evaluate.ts';
import { atNode, withScope, type Frame } from './frame.ts';
import { Loop } from './loop.ts';
import { bindParameters, type MacroSignature } from './macro.ts';
import { MacroReturn } from './macroReturn.ts';
import { macroNames } from './macroNames.ts';
import { TextSink, type Sink } from './output.ts';
import { Scope } from './scope.ts';

/** How a body ended: by itself, or by `break` or `continue`. */
type Completion = 'normal' | 'break' | 'continue';

/** Runs statements, writing to the sink. Throws `JinjaFailure`, and `MacroReturn` when `return()` was called. */
export function execute(body: Body, frame: Frame, sink: Sink): Completion {
  for (const statement of body) {
    if (statement.kind === 'text') sink.text(statement.text, statement);
    else {
      const completion = atNode(frame, statement, () => executeStatement(statement, frame, sink));
      if (completion !== 'normal') return completion;
    }
  }
  return 'normal';
}

function executeStatement(
  statement: Exclude<Statement, { readonly kind: 'text' }>,
  frame: Frame,
  sink: Sink,
): Completion {
  switch (statement.kind) {
    case 'output':
      sink.value(evaluate(statement.expression, frame), statement, statement.expression);
      return 'normal';
    case 'if':
      return executeIf(statement, frame, sink);
    case 'for':
      executeFor(statement, frame, sink);
      return 'normal';
    case 'set':
      assign(statement.target, evaluate(statement.value, frame), frame);
      return 'normal';
    case 'setBlock': {
      const text = capture(statement.body, frame);
      const value = statement.filter === undefined ? text : applyFilterChain(statement.filter, text, frame);
      assign(statement.target, value, frame);
      return 'normal';
    }
    case 'with':
      return execute(statement.body, withBindings(statement, frame), sink);
    case 'do':
      evaluate(statement.expression, frame);
      return 'normal';
    case 'callBlock':
      sink.value(executeCall(statement, frame), statement);
      return 'normal';
    case 'filterBlock':
      sink.value(applyFilterChain(statement.filter, capture(statement.body, frame), frame), statement);
      return 'normal';
    case 'block':
      return execute(statement.body, withScope(frame, new Scope(frame.scope)), sink);
    case 'break':
    case 'continue':
      return statement.kind;
    case 'definition':
      define(statement, frame);
      return 'normal';
  }
}

/** The text of a body that is not output where it stands; what it sets stays inside. */
function capture(body: Body, frame: Frame): string {
  const sink = new TextSink(frame.runtime);
  execute(body, withScope(frame, new Scope(frame.scope)), sink);
  return sink.result;
}

function executeIf(statement: If, frame: Frame, sink: Sink): Completion {
  for (const branch of statement.branches) {
    if (isTruthy(evaluate(branch.condition, frame))) return execute(branch.body, frame, sink);
  }
  return statement.otherwise === undefined ? 'normal' : execute(statement.otherwise, frame, sink);
}

function executeFor(statement: For, frame: Frame, sink: Sink): void {
  runLoop(statement, evaluate(statement.iterable, frame), frame, sink, 0);
}

function runLoop(statement: For, values: JinjaValue, frame: Frame, sink: Sink, depth: number): void {
  const { condition } = statement;
  frame.runtime.work(sizeOf(values));
  const source = atNode(frame, statement.iterable, () => iterate(values));
  const chosen = condition === undefined ? source : filtered(statement, source, frame);
  const recurse = statement.recursive
    ? (inner: JinjaValue, innerDepth: number): JinjaValue => {
        const captured = new TextSink(frame.runtime);
        runLoop(statement, inner, frame, captured, innerDepth);
        return captured.result;
      }
    : undefined;
  const loop = new Loop(chosen, condition === undefined ? values : undefined, depth, recurse);
  let isEmpty = true;
  for (let value = loop.next(); value !== undefined; value = loop.next()) {
    isEmpty = false;
    frame.runtime.iterate();
    const inner = withScope(frame, new Scope(frame.scope));
    inner.scope.set('loop', loop.variable);
    assign(statement.target, value, inner);
    if (execute(statement.body, inner, sink) === 'break') break;
  }
  if (isEmpty && statement.otherwise !== undefined) {
    execute(statement.otherwise, withScope(frame, new Scope(frame.scope)), sink);
  }
}

function* filtered(statement: For, source: Iterable<JinjaValue>, frame: Frame): Iterable<JinjaValue> {
  for (const value of source) {
    frame.runtime.iterate();
    const inner = withScope(frame, new Scope(frame.scope));
    assign(statement.target, value, inner);
    if (statement.condition === undefined || isTruthy(evaluate(statement.condition, inner))) yield value;
  }
}

function withBindings(statement: With, frame: Frame): Frame {
  const inner = withScope(frame, new Scope(frame.scope));
  // The values see what stands outside, not one another.
  const values = statement.bindings.map((binding) => evaluate(binding.value, frame));
  for (const [at, binding] of statement.bindings.entries()) assign(binding.target, values[at] ?? null, inner);
  return inner;
}

function assign(target: Target, value: JinjaValue, frame: Frame): void {
  switch (target.kind) {
    case 'name':
      frame.scope.set(target.name, value);
      return;
    case 'namespaceAttribute':
      atNode(frame, target, () => setNamespaceAttribute(target.namespace, target.name, value, frame));
      return;
    case 'targets':
      atNode(frame, target, () => unpack(target.targets, value, frame));
  }
}

function setNamespaceAttribute(namespace: string, name: string, value: JinjaValue, frame: Frame): void {
  const object = frame.scope.get(namespace);
  if (object === undefined) throw failure('jinja.undefinedName', { name: namespace });
  if (!isCompound(object) || object.kind !== 'object' || object.setAttr === undefined) {
    throw typeError(`cannot assign attribute on non-namespace object: make '${namespace}' with namespace()`);
  }
  object.setAttr(name, value);
}

function unpack(targets: readonly Target[], value: JinjaValue, frame: Frame): void {
  if (isUndefined(value)) throw undefinedFailure(value);
  const values = Array.from(iterate(value));
  if (values.length !== targets.length) {
    const counts = `expected ${String(targets.length)}, got ${String(values.length)}`;
    throw valueError(`${values.length < targets.length ? 'not enough' : 'too many'} values to unpack (${counts})`);
  }
  for (const [at, target] of targets.entries()) assign(target, values[at] ?? null, frame);
}

function executeCall(statement: CallBlock, frame: Frame): JinjaValue {
  const { call } = statement;
  if (call.kind !== 'call') throw failure('jinja.invalidSyntax', { detail: 'A call block calls a macro.' });
  const caller = callerOf(statement, frame);
  // The caller goes along as the keyword argument that Jinja2 passes it in.
  const callee = evaluate(call.callee, frame);
  const passing = hostFunction('call', (args, kwargs, site) =>
    callValue(callee, args, new Map([...kwargs, ['caller', caller]]), site),
  );
  const inner = withScope(frame, new Scope(frame.scope));
  inner.scope.set(passingName, passing);
  return evaluate({ ...call, callee: { kind: 'name', name: passingName, start: call.start, end: call.end } }, inner);
}

/** No template can name this variable. */
const passingName = '(call)';

function callerOf(statement: CallBlock, frame: Frame): JinjaCallable {
  const signature: MacroSignature = {
    name: 'caller',
    parameters: statement.parameters,
    uses: macroNames(statement.body, statement.parameters),
  };
  return hostFunction('caller', (args, kwargs) => runBody(signature, statement.body, args, kwargs, frame));
}

function runBody(
  signature: MacroSignature,
  body: Body,
  args: readonly JinjaValue[],
  kwargs: ReadonlyMap<string, JinjaValue>,
  frame: Frame,
): string {
  const inner = withScope(frame, new Scope(frame.scope));
  bindParameters(signature, args, kwargs, inner);
  const sink = new TextSink(frame.runtime);
  execute(body, inner, sink);
  return sink.result;
}

/**
 * A definition as a value that can be called, closed over the frame it stands in. `return()` ends it and gives its
 * value; otherwise it gives its text.
 */
export function macroValue(
  definition: Definition,
  frame: Omit<Frame, 'runtime'>,
  catchesReturn: boolean,
): JinjaCallable {
  const { name, parameters, body } = definition;
  let signature: MacroSignature | undefined;
  const call: JinjaCallable['call'] = (args, kwargs, site) => {
    signature ??= { name, parameters, uses: macroNames(body, parameters) };
    const inner: Frame = { ...frame, runtime: site.runtime };
    const bound = signature;
    return site.runtime.inFrame(name, site, () => {
      if (!catchesReturn) return runBody(bound, body, args, kwargs, inner);
      try {
        return site.runtime.inProjectMacro(() => runBody(bound, body, args, kwargs, inner));
      } catch (error) {
        if (error instanceof MacroReturn) return error.value;
        throw error;
      }
    });
  };
  return { kind: 'callable', name, call, getAttr: (attribute) => (attribute === 'name' ? name : undefined) };
}

/**
 * dbt renames what a file defines (dbt_common/utils/jinja.py), so that a macro is not usable under its own name in the
 * file that defines it; the project's macros come in through the globals.
 */
function define(definition: Definition, frame: Frame): void {
  if (definition.definition !== 'macro') return;
  frame.scope.set(`dbt_macro__${definition.name}`, macroValue(definition, frame, false));
}
