/** A part of a pattern that may be repeated. */
interface Item {
  readonly nullable: boolean;
  /** May be there so often that trying all numbers takes too long. */
  readonly unbounded: boolean;
  /** May be there more or less often, or be of several lengths. */
  readonly variable: boolean;
  /** The letter that it is, when it is one. */
  readonly letter: string | undefined;
}

const manyTimes = 10;

/**
 * True for a pattern that repeats a repetition with nothing certain between its turns, as `(a+)+` or `(\w+\s*)*`: on a
 * text that does not match, the time that it takes doubles with every character. `pattern` is one of Python's that is
 * known to be well formed.
 */
export function mayNeverEnd(pattern: string): boolean {
  return new PatternReader(pattern).isEndless;
}

class PatternReader {
  readonly #text: string;
  #at = 0;
  isEndless = false;

  constructor(text: string) {
    this.#text = text;
    while (this.#at < text.length) {
      this.#branches();
      this.#at += 1;
    }
  }

  /** Reads up to a closing parenthesis, and gives the items of each branch. */
  #branches(): readonly (readonly Item[])[] {
    const branches: Item[][] = [[]];
    while (this.#at < this.#text.length && this.#text[this.#at] !== ')') {
      if (this.#text[this.#at] === '|') {
        this.#at += 1;
        branches.push([]);
        continue;
      }
      branches.at(-1)?.push(this.#item());
    }
    return branches;
  }

  #item(): Item {
    const char = this.#text[this.#at] ?? '';
    this.#at += 1;
    if (char === '(') return this.#group();
    if (char === '\\') this.#at += 1;
    if (char === '[') this.#skipSet();
    const isAnchor = char === '^' || char === '$' || (char === '\\' && /[AZbB]/.test(this.#text[this.#at - 1] ?? ''));
    return this.#repeated(isAnchor, /^\w$/.test(char) ? char : undefined);
  }

  #group(): Item {
    const opening =
      /^\?(?:P?<[=!]|[=!]|P<\w+>|P=\w+|:|#|[a-zA-Z-]+:?|\(\w+\))/.exec(this.#text.slice(this.#at))?.[0] ?? '';
    this.#at += opening.length;
    const branches = this.#branches();
    this.#at += 1;
    const looksAround = /[=!]$/.test(opening) && !opening.startsWith('?P=');
    const item = this.#repeated(looksAround || branches.some((branch) => branch.every((one) => one.nullable)));
    if (item.unbounded) {
      const isLoose = (branch: readonly Item[]): boolean =>
        branch.some((one) => one.variable) && branch.every((one) => one.nullable || one.variable);
      const letters = branches.flatMap((branch) => branch[0]?.letter ?? []);
      if (branches.some(isLoose) || new Set(letters).size < letters.length) this.isEndless = true;
    }
    const alone = branches.flatMap((branch) => (branch.length === 1 ? branch : []));
    return {
      ...item,
      unbounded: item.unbounded || alone.some((one) => one.unbounded),
      variable: item.variable || branches.some((branch) => branch.some((one) => one.variable)),
    };
  }

  /** Reads the quantifier behind an item, if there is one. */
  #repeated(nullable: boolean, letter?: string): Item {
    const quantifier = /^(?:[*+?]|\{(\d*)(,?)(\d*)\})[?+]?/.exec(this.#text.slice(this.#at));
    if (quantifier === null) return { nullable, unbounded: false, variable: false, letter };
    const [written, least = '', comma, most = ''] = quantifier;
    this.#at += written.length;
    const [first] = written;
    if (first !== '{') return { nullable: nullable || first !== '+', unbounded: first !== '?', variable: true, letter };
    const [from, to] = [Number(least), comma === '' ? Number(least) : most === '' ? Infinity : Number(most)];
    return { nullable: nullable || from === 0, unbounded: to >= manyTimes && to > from, variable: to > from, letter };
  }

  #skipSet(): void {
    if (this.#text[this.#at] === '^') this.#at += 1;
    if (this.#text[this.#at] === ']') this.#at += 1;
    while (this.#at < this.#text.length && this.#text[this.#at] !== ']') {
      this.#at += this.#text[this.#at] === '\\' ? 2 : 1;
    }
    this.#at += 1;
  }
}
