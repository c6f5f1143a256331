import type { CodeDefinition } from './codeDefinition.ts';

interface Named {
  readonly name: string;
}
interface Detail {
  readonly detail: string;
}
interface Limit {
  readonly limit: number;
}

/** Faults found by the Jinja lexer, parser and interpreter. */
export const jinjaCodes = {
  // Syntax
  'jinja.unexpectedCharacter': {
    severity: 'error',
    message: (p: { readonly character: string }) =>
      `The character ${JSON.stringify(p.character)} has no meaning in a Jinja expression: remove it or quote it.`,
  },
  'jinja.unclosedString': {
    severity: 'error',
    message: () => 'This string is not closed: add the same quote at its end.',
  },
  'jinja.unclosedTag': {
    severity: 'error',
    message: (p: { readonly open: string; readonly close: string }) =>
      `"${p.open}" is not closed: add "${p.close}" at the end of the tag.`,
  },
  'jinja.unclosedBlock': {
    severity: 'error',
    message: (p: { readonly tag: string; readonly endTag: string }) =>
      `The block "${p.tag}" is not closed: add {% ${p.endTag} %} after its content.`,
  },
  'jinja.mismatchedEndTag': {
    severity: 'error',
    message: (p: { readonly found: string; readonly expected: string; readonly line: number }) =>
      `{% ${p.found} %} stands where {% ${p.expected} %} must close the block opened on line ${String(p.line)}.`,
  },
  'jinja.strayEndTag': {
    severity: 'error',
    message: (p: { readonly found: string }) =>
      `{% ${p.found} %} closes nothing: remove it, or open its block before it.`,
  },
  'jinja.unexpectedToken': {
    severity: 'error',
    message: (p: { readonly found: string; readonly expected: string }) => `Expected ${p.expected}, found ${p.found}.`,
  },
  'jinja.unknownTag': {
    severity: 'error',
    message: (p: { readonly tag: string; readonly suggestion?: string | undefined }) =>
      `There is no tag "${p.tag}"${p.suggestion === undefined ? ' in dbt’s Jinja' : `: did you mean "${p.suggestion}"?`}${p.suggestion === undefined ? '.' : ''}`,
  },
  'jinja.unsupportedTag': {
    severity: 'error',
    message: (p: { readonly tag: string }) =>
      `dbt loads no other templates, so "${p.tag}" cannot work: put shared code into a macro and call it.`,
  },
  'jinja.unknownFilter': {
    severity: 'error',
    message: (p: Named & { readonly suggestion?: string | undefined }) =>
      `There is no filter "${p.name}"${p.suggestion === undefined ? '.' : `: did you mean "${p.suggestion}"?`}`,
  },
  'jinja.unknownTest': {
    severity: 'error',
    message: (p: Named & { readonly suggestion?: string | undefined }) =>
      `There is no test "${p.name}"${p.suggestion === undefined ? '.' : `: did you mean "${p.suggestion}"?`}`,
  },
  'jinja.invalidTarget': {
    severity: 'error',
    message: () => 'Only a name, names in a tuple, or an attribute of a namespace can be assigned to.',
  },
  'jinja.invalidSyntax': { severity: 'error', message: (p: Detail) => p.detail },
  'jinja.nestingTooDeep': {
    severity: 'error',
    message: (p: Limit) =>
      `Expressions or blocks are nested more than ${String(p.limit)} deep: move a part into a variable or a macro.`,
  },
  'jinja.outsideLoop': {
    severity: 'error',
    message: (p: { readonly tag: string }) => `{% ${p.tag} %} can only stand inside a for loop.`,
  },
  // Names and attributes
  'jinja.undefinedName': {
    severity: 'error',
    message: (p: Named) => `'${p.name}' is undefined: define it before this use, or check its spelling.`,
  },
  'jinja.undefinedValue': { severity: 'error', message: (p: Detail) => `${p.detail}.` },
  'jinja.unsafeAttribute': {
    severity: 'error',
    message: (p: Named & { readonly typeName: string }) =>
      `The attribute '${p.name}' of '${p.typeName}' is internal: templates may not use names that start with "_".`,
  },
  // Values
  'jinja.typeError': { severity: 'error', message: (p: Detail) => `${p.detail}.` },
  'jinja.valueError': { severity: 'error', message: (p: Detail) => `${p.detail}.` },
  'jinja.lookupError': { severity: 'error', message: (p: Detail) => `${p.detail}.` },
  'jinja.arithmeticError': { severity: 'error', message: (p: Detail) => `${p.detail}.` },
  'jinja.argumentError': { severity: 'error', message: (p: Detail) => `${p.detail}.` },
  'jinja.unsupported': {
    severity: 'error',
    message: (p: Detail) => `${p.detail} is not supported here.`,
  },
  'jinja.hostFailed': { severity: 'error', message: (p: Detail) => p.detail },
  'jinja.returnOutsideMacro': {
    severity: 'error',
    message: () => 'return() can only be used inside a macro.',
  },
  // Limits
  'jinja.tooManyIterations': {
    severity: 'error',
    message: (p: Limit) => `Stopped after ${String(p.limit)} loop iterations: the template loops too long.`,
  },
  'jinja.tooManySteps': {
    severity: 'error',
    message: (p: Limit) => `Stopped after ${String(p.limit)} steps: the template works too long.`,
  },
  'jinja.tooDeep': {
    severity: 'error',
    message: (p: { readonly detail: string }) =>
      `Stopped because ${p.detail}: does a macro call itself without an end?`,
  },
  'jinja.tooLarge': {
    severity: 'error',
    message: (p: Limit & { readonly what: string }) => `Stopped because ${p.what} grew beyond ${String(p.limit)}.`,
  },
} as const satisfies Record<string, CodeDefinition>;
