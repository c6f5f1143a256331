import { allCharacters, charactersOf, countIn, noCharacters, type CharacterSet } from './characterSet.ts';

/** A part of a pattern that may be repeated. */
interface Item {
  readonly nullable: boolean;
  /** May be there so often that trying all numbers takes too long. */
  readonly unbounded: boolean;
  /** What it may begin with. */
  readonly first: CharacterSet;
  /** What it may take one more of or leave; nothing for an item of one length. */
  readonly loose: CharacterSet;
  /** The letter that it is, when it is one. */
  readonly letter: string | undefined;
  /** How often it repeats without bounds, one repetition beside the other. */
  readonly repeats: number;
  /** What all of that takes. */
  readonly shared: CharacterSet;
}

/** Repetitions beside one another that may all take the same characters, as in `a*a*b` or `.*_.*_.*`. */
interface Run {
  readonly repeats: number;
  readonly shared: CharacterSet;
}

/** What makes a pattern slow on a text that does not match. */
export interface Repetitions {
  /**
   * It repeats a repetition with nothing certain between its turns, as `(a+)+` or `(\w+\s*)*`: the time that it takes
   * doubles with every character.
   */
  readonly isEndless: boolean;
  /** Those of two repetitions or more. */
  readonly runs: readonly Run[];
}

const manyTimes = 10;

/** Ways to try that take about a second. */
const mostWays = 1e8;

/** Reads how a pattern repeats. It is one of Python's that is known to be well formed; `bits` are its flags. */
export function repetitionsOf(pattern: string, bits = 0): Repetitions {
  // One repetition alone takes no more turns than there are characters.
  if ((pattern.match(/[*+?{|]/g) ?? []).length < 2) return { isEndless: false, runs: [] };
  return new PatternReader(pattern, bits);
}

/** True when there are too many ways to divide the characters of a text among repetitions that may all take them. */
export function takesTooLong({ runs }: Repetitions, text: string): boolean {
  return runs.some(({ repeats, shared }) => {
    const characters = countIn(text, shared);
    let ways = 1;
    for (let i = 1; i <= repeats && ways <= mostWays; i += 1) ways *= (characters + i) / i;
    return ways > mostWays;
  });
}

class PatternReader implements Repetitions {
  readonly #text: string;
  readonly #bits: number;
  readonly #sets = new Map<string, CharacterSet>();
  readonly runs: Run[] = [];
  #at = 0;
  isEndless = false;

  constructor(text: string, bits: number) {
    this.#text = text;
    this.#bits = bits;
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
    for (const branch of branches) this.runs.push(...runsOf(branch).filter(({ repeats }) => repeats > 1));
    return branches;
  }

  #item(): Item {
    const from = this.#at;
    const char = this.#text[this.#at] ?? '';
    this.#at += 1;
    if (char === '(') return this.#group();
    if (char === '\\') this.#at += 1;
    if (char === '[') this.#skipSet();
    const part = this.#text.slice(from, this.#at);
    const isAnchor = /^(?:\^|\$|\\[AZbB])$/.test(part);
    const first = isAnchor ? noCharacters : this.#characters(part);
    const letter = /^\w$/.test(char) ? char : undefined;
    return this.#repeated({ nullable: isAnchor, first, loose: noCharacters, letter, repeats: 0, shared: first });
  }

  #characters(part: string): CharacterSet {
    // What was found before may be anything.
    const set = this.#sets.get(part) ?? (/^\\[1-9]/.test(part) ? allCharacters : charactersOf(part, this.#bits));
    this.#sets.set(part, set);
    return set;
  }

  #group(): Item {
    const opening =
      /^\?(?:P?<[=!]|[=!]|P<\w+>|P=\w+|:|#|[a-zA-Z-]+:?|\(\w+\))/.exec(this.#text.slice(this.#at))?.[0] ?? '';
    this.#at += opening.length;
    const branches = opening === '?#' || opening.startsWith('?P=') ? this.#skipRest() : this.#branches();
    this.#at += 1;
    const looksAround = /[=!]$/.test(opening);
    const first = looksAround ? noCharacters : union(branches.map(firstOf));
    const whole = branches.map(runsOf).flatMap((runs) => (runs.length === 1 ? runs : []));
    const item = this.#repeated({
      nullable: looksAround || branches.some(isNullable),
      first: opening.startsWith('?P=') ? allCharacters : first,
      loose: union(branches.flatMap((branch) => branch.map(({ loose }) => loose))),
      letter: undefined,
      repeats: Math.max(0, ...whole.map(({ repeats }) => repeats)),
      shared: whole.length === branches.length ? union(whole.map(({ shared }) => shared)) : noCharacters,
    });
    if (item.unbounded && isAmbiguous(branches, first)) this.isEndless = true;
    const alone = branches.flatMap((branch) => (branch.length === 1 ? branch : []));
    return { ...item, unbounded: item.unbounded || alone.some((one) => one.unbounded) };
  }

  /** A comment or the name of a group. */
  #skipRest(): readonly (readonly Item[])[] {
    while (this.#at < this.#text.length && this.#text[this.#at] !== ')') this.#at += 1;
    return [[]];
  }

  /** Reads the quantifier behind an item, if there is one. */
  #repeated(item: Omit<Item, 'unbounded'>): Item {
    const quantifier = /^(?:[*+?]|\{(\d*)(,?)(\d*)\})[?+]?/.exec(this.#text.slice(this.#at));
    if (quantifier === null) return { ...item, unbounded: false };
    const [written, least = '', comma, most = ''] = quantifier;
    this.#at += written.length;
    const [first = ''] = written;
    const from = first === '{' ? Number(least) : first === '+' ? 1 : 0;
    const to = first === '?' ? 1 : first !== '{' || (comma !== '' && most === '') ? Infinity : Number(most || least);
    const unbounded = to >= manyTimes && to > from;
    return {
      ...item,
      nullable: item.nullable || from === 0,
      unbounded,
      loose: to > from ? item.loose | item.first : item.loose,
      // As many repetitions stand beside one another as there are turns.
      repeats: unbounded ? Math.max(1, item.repeats) : item.repeats * to,
    };
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

const union = (sets: readonly CharacterSet[]): CharacterSet => sets.reduce((all, one) => all | one, noCharacters);
const isNullable = (branch: readonly Item[]): boolean => branch.every(({ nullable }) => nullable);

/** What the items may begin with: those up to the first that must be there. */
function firstOf(items: readonly Item[]): CharacterSet {
  const certain = items.findIndex(({ nullable }) => !nullable);
  return union((certain === -1 ? items : items.slice(0, certain + 1)).map(({ first }) => first));
}

/** True when the turns of a repeated group can be told in more than one way; `again` is what the next turn begins with. */
function isAmbiguous(branches: readonly (readonly Item[])[], again: CharacterSet): boolean {
  const takesOfNext = (branch: readonly Item[]): boolean =>
    branch.some(({ loose }, at) => {
      const behind = branch.slice(at + 1);
      return (loose & (firstOf(behind) | (isNullable(behind) ? again : noCharacters))) !== noCharacters;
    });
  const letters = branches.flatMap(([one]) => one?.letter ?? []);
  return branches.some(takesOfNext) || new Set(letters).size < letters.length || overlap(branches);
}

/** True when two branches of one character each may take the same. */
function overlap(branches: readonly (readonly Item[])[]): boolean {
  let known = noCharacters;
  for (const [one, ...others] of branches) {
    if (one === undefined || others.length > 0) continue;
    if ((known & one.first) !== noCharacters) return true;
    known |= one.first;
  }
  return false;
}

/** The items parted into runs whose characters are shared; what may be missing and takes others is passed over. */
function runsOf(items: readonly Item[]): readonly Run[] {
  const runs: Run[] = [];
  let run: Run = { repeats: 0, shared: allCharacters };
  for (const { repeats, shared, nullable } of items) {
    const both = run.shared & shared;
    if (both !== noCharacters) run = { repeats: run.repeats + repeats, shared: both };
    else if (!nullable) {
      runs.push(run);
      run = { repeats, shared };
    }
  }
  return [...runs, run];
}
