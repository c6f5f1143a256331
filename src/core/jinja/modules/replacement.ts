import { controlEscapes } from '../syntax/stringLiteral.ts';
import { lookupError, valueError } from '../values/jinjaFailure.ts';
import type { Found } from './matchObject.ts';

/** What a replacement of `re.sub` comes to for a match (CPython: Lib/re/_parser.py, parse_template). */
export function expandReplacement(template: string, found: Found): string {
  return template.replace(
    /\\(?:g<([^>]*)>|(0[0-7]{0,2}|[1-3][0-7]{2})|([1-9]\d?)|([^]?))/gu,
    (_written, named?: string, octal?: string, numbered?: string, escaped?: string) => {
      if (named !== undefined) return groupText(named, found);
      if (octal !== undefined) return String.fromCodePoint(Number.parseInt(octal, 8));
      if (numbered !== undefined) return groupText(numbered, found);
      const control = controlEscapes[escaped ?? ''];
      if (control !== undefined) return control;
      if (escaped === undefined || escaped === '') throw valueError('bad escape (end of pattern)');
      if (/[a-zA-Z]/.test(escaped)) throw valueError(`bad escape \\${escaped}`);
      return `\\${escaped}`;
    },
  );
}

function groupText(name: string, { groups, pattern }: Found): string {
  const isNumber = /^\d+$/.test(name);
  const number = isNumber ? Number(name) : pattern.names.get(name);
  if (number === undefined) throw lookupError(`unknown group name '${name}'`);
  if (number >= groups.length) throw valueError(`invalid group reference ${name}`);
  return groups[number] ?? '';
}
