import { unsupported, valueError } from '../values/jinjaFailure.ts';
import type { JinjaObject } from '../values/value.ts';

/** Python's flags of regular expressions, as bits (CPython: Lib/re/_constants.py). */
export const reFlags = {
  TEMPLATE: 1,
  IGNORECASE: 2,
  LOCALE: 4,
  MULTILINE: 8,
  DOTALL: 16,
  UNICODE: 32,
  VERBOSE: 64,
  DEBUG: 128,
  ASCII: 256,
} as const;

/** A Python pattern as JavaScript has it. */
export interface TranslatedPattern {
  readonly source: string;
  /** Flags of JavaScript: always `u`, and those that the pattern's own flags come to. */
  readonly flags: string;
  /** Python's flags, with those that the pattern sets itself. */
  readonly bits: number;
  readonly groups: number;
  /** Named groups and their numbers, in order. */
  readonly names: ReadonlyMap<string, number>;
}

/** A pattern of Python that can be used. */
export interface CompiledPattern {
  readonly written: string;
  readonly bits: number;
  readonly names: ReadonlyMap<string, number>;
  /** The pattern as JavaScript has it, with these flags beside its own, and with this at its end. */
  readonly expression: (flags: string, end?: string) => RegExp;
  /** Fails for a text on which the pattern would take too long. */
  readonly check: (text: string) => void;
  /** As templates see it. */
  readonly object: () => JinjaObject;
}

const inlineFlags: Readonly<Record<string, number>> = {
  a: reFlags.ASCII,
  i: reFlags.IGNORECASE,
  L: reFlags.LOCALE,
  m: reFlags.MULTILINE,
  s: reFlags.DOTALL,
  u: reFlags.UNICODE,
  x: reFlags.VERBOSE,
};

/** Python counts letters and digits of all scripts, JavaScript's classes hold those of ASCII. */
const classes: Readonly<Record<string, string>> = {
  w: '\\p{L}\\p{N}_',
  d: '\\p{Nd}',
  s: '\\s\\x1c-\\x1f\\x85',
};
const asciiClasses: Readonly<Record<string, string>> = { w: 'a-zA-Z0-9_', d: '0-9', s: ' \\t\\n\\r\\f\\v' };

/**
 * Translates a pattern of Python's `re` (CPython: Lib/re/_parser.py) to JavaScript. Fails for what Python calls an
 * error, and says which parts JavaScript cannot do.
 */
export function translatePattern(pattern: string, bits: number): TranslatedPattern {
  return new Translation(pattern, bits).whole();
}

class Translation {
  readonly #text: string;
  readonly #names = new Map<string, number>();
  #bits: number;
  #groups = 0;
  #at = 0;

  constructor(text: string, bits: number) {
    this.#text = text;
    this.#bits = bits;
  }

  whole(): TranslatedPattern {
    const leading = /^\(\?([aiLmsux]+)\)/.exec(this.#text);
    if (leading !== null) {
      for (const letter of leading[1] ?? '') this.#bits |= inlineFlags[letter] ?? 0;
      this.#at = leading[0].length;
    }
    if (this.#has(reFlags.LOCALE)) throw valueError('cannot use LOCALE flag with a str pattern');
    let source = '';
    while (this.#at < this.#text.length) source += this.#next();
    const flags = `u${this.#has(reFlags.IGNORECASE) ? 'i' : ''}${this.#has(reFlags.DOTALL) ? 's' : ''}`;
    return {
      source,
      flags,
      bits: this.#bits | (this.#has(reFlags.ASCII) ? 0 : reFlags.UNICODE),
      groups: this.#groups,
      names: this.#names,
    };
  }

  #has(flag: number): boolean {
    return (this.#bits & flag) !== 0;
  }

  #next(): string {
    const char = this.#take();
    switch (char) {
      case '\\':
        return this.#escape(false);
      case '[':
        return this.#set();
      case '(':
        return this.#group();
      case '^':
        return this.#has(reFlags.MULTILINE) ? '(?<![^\\n])' : '(?<![^])';
      case '$':
        return this.#has(reFlags.MULTILINE) ? '(?=\\n|(?![^]))' : '(?=\\n?(?![^]))';
      case '.':
        return this.#has(reFlags.DOTALL) ? '[^]' : '[^\\n]';
      case '*':
      case '+':
      case '?':
        return this.#quantifier(char);
      case '{':
        return this.#repeat();
      case '}':
      case ']':
      case '/':
        return `\\${char}`;
      case '#':
        return this.#has(reFlags.VERBOSE) ? this.#comment('\n') : char;
      default:
        return this.#has(reFlags.VERBOSE) && /[ \t\n\r\f\v]/.test(char) ? '' : char;
    }
  }

  #take(): string {
    const char = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    this.#at += char.length;
    return char;
  }

  #skip(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#at)) return false;
    this.#at += expected.length;
    return true;
  }

  #comment(end: string): string {
    const at = this.#text.indexOf(end, this.#at);
    this.#at = at === -1 ? this.#text.length : at + end.length;
    return '';
  }

  #quantifier(char: string): string {
    if (this.#skip('+')) throw unsupported('A possessive quantifier of re');
    return char + (this.#skip('?') ? '?' : '');
  }

  /** A brace that is no count stands for itself in Python. */
  #repeat(): string {
    const match = /^(\d*)(,?)(\d*)\}/.exec(this.#text.slice(this.#at));
    if (match === null || (match[1] === '' && match[3] === '')) return '\\{';
    this.#at += match[0].length;
    const [from, comma, to] = [match[1] === '' ? '0' : match[1], match[2], match[3]];
    return this.#quantifier(`{${from ?? ''}${comma ?? ''}${to ?? ''}}`);
  }

  #group(): string {
    if (!this.#skip('?')) {
      this.#groups += 1;
      return '(';
    }
    for (const kept of [':', '=', '!', '<=', '<!']) if (this.#skip(kept)) return `(?${kept}`;
    if (this.#skip('#')) return this.#comment(')');
    const named = /^P<([^>]*)>/.exec(this.#text.slice(this.#at));
    if (named !== null) return this.#named(named[0], named[1] ?? '');
    const back = /^P=([^)]*)\)/.exec(this.#text.slice(this.#at));
    if (back === null)
      throw unsupported('A group of re that begins with "(?' + this.#text.slice(this.#at, this.#at + 1) + '"');
    this.#at += back[0].length;
    const number = this.#names.get(back[1] ?? '');
    if (number === undefined) throw valueError(`unknown group name '${back[1] ?? ''}'`);
    return `(?:\\${String(number)})`;
  }

  #named(written: string, name: string): string {
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) throw valueError(`bad character in group name '${name}'`);
    if (this.#names.has(name)) throw valueError(`redefinition of group name '${name}'`);
    this.#at += written.length;
    this.#groups += 1;
    this.#names.set(name, this.#groups);
    return '(';
  }

  /** A set of characters. */
  #set(): string {
    let inside = this.#skip('^') ? '^' : '';
    let isFirst = true;
    for (;;) {
      if (this.#at >= this.#text.length) throw valueError('unterminated character set');
      const char = this.#take();
      if (char === ']' && !isFirst) return `[${inside}]`;
      inside += char === '\\' ? this.#escape(true) : /[[\]^/|(){}.$*+?]/.test(char) ? `\\${char}` : char;
      isFirst = false;
    }
  }

  #escape(inSet: boolean): string {
    if (this.#at >= this.#text.length) throw valueError('bad escape (end of pattern)');
    const char = this.#take();
    const lower = char.toLowerCase();
    const known = (this.#has(reFlags.ASCII) ? asciiClasses : classes)[lower];
    if (known !== undefined) return this.#class(known, char === lower, inSet);
    if (/[0-9]/.test(char)) return this.#number(char, inSet);
    switch (char) {
      case 'A':
        if (!inSet) return '(?<![^])';
        break;
      case 'Z':
        if (!inSet) return '(?![^])';
        break;
      case 'b':
        return inSet ? '\\x08' : this.#boundary(true);
      case 'B':
        if (!inSet) return this.#boundary(false);
        break;
      case 'a':
        return '\\x07';
      case 'n':
      case 'r':
      case 't':
      case 'f':
      case 'v':
        return `\\${char}`;
      case 'x':
        return this.#code(2);
      case 'u':
        return this.#code(4);
      case 'U':
        return this.#code(8);
      default:
    }
    if (/[a-zA-Z]/.test(char)) throw valueError(`bad escape \\${char}`);
    return /[\^$\\.*+?()[\]{}|/-]/.test(char) && (char !== '-' || inSet) ? `\\${char}` : char;
  }

  #class(known: string, isPositive: boolean, inSet: boolean): string {
    if (isPositive) return inSet ? known : `[${known}]`;
    if (!inSet) return `[^${known}]`;
    if (this.#has(reFlags.ASCII)) throw unsupported('\\W, \\D or \\S within a set of re with the flag ASCII');
    return known === classes['d'] ? '\\P{Nd}' : known === classes['s'] ? '\\S' : this.#noWordInSet();
  }

  #noWordInSet(): never {
    throw unsupported('\\W within a set of re');
  }

  #boundary(isPositive: boolean): string {
    const word = `[${(this.#has(reFlags.ASCII) ? asciiClasses : classes)['w'] ?? ''}]`;
    const edge = `(?<=${word})(?!${word})|(?<!${word})(?=${word})`;
    return isPositive ? `(?:${edge})` : `(?!${edge})`;
  }

  /** `\1` is a group; `\0` and three octal digits are a character. */
  #number(first: string, inSet: boolean): string {
    const octal = /^[0-7]{0,2}/.exec(this.#text.slice(this.#at))?.[0] ?? '';
    if (first === '0' || inSet || (/[0-3]/.test(first) && octal.length === 2)) {
      if (!/[0-7]/.test(first)) throw valueError(`bad escape \\${first}`);
      this.#at += octal.length;
      return codePoint(Number.parseInt(first + octal, 8));
    }
    const more = /^\d/.exec(this.#text.slice(this.#at))?.[0] ?? '';
    this.#at += more.length;
    const group = Number(first + more);
    if (group > this.#groups) throw valueError(`invalid group reference ${String(group)}`);
    return `(?:\\${String(group)})`;
  }

  #code(length: number): string {
    const digits = this.#text.slice(this.#at, this.#at + length);
    if (digits.length !== length || !/^[0-9a-fA-F]+$/.test(digits)) throw valueError('incomplete escape in a pattern');
    this.#at += length;
    return codePoint(Number.parseInt(digits, 16));
  }
}

const codePoint = (code: number): string => `\\u{${code.toString(16)}}`;
