/** A place below `meta: modelyard:` of a table or column in a properties file, where a hint is or can be written. */
export interface HintPlace {
  readonly of: 'table' | 'column';
  /** The hint whose value the place is in; undefined where a name stands or is wanted. */
  readonly valueOf: string | undefined;
  /** In `{ a: 1 }` rather than on lines of their own. */
  readonly isFlow: boolean;
  /** Hints that are written there already. */
  readonly written: readonly string[];
}

/** A line of the way down to a place: a key, and how far in it stands. */
interface Step {
  readonly key: string;
  readonly indent: number;
  readonly line: number;
  /** The mapping of the key begins with a dash. */
  readonly isItem: boolean;
  /** What stands behind the colon, and from where on. */
  readonly rest: string;
  readonly restAt: number;
}

const keyLine = /^(\s*)((?:- +)*)(?:"([^"]*)"|'([^']*)'|([\w.$-]+))\s*:(?=\s|$)(.*)$/;

/**
 * Tells where in the hints a position is, by indentation and braces: a text that is being written is seldom whole YAML.
 * Undefined outside of hints.
 */
export function hintPlaceAt(lines: readonly string[], line: number, character: number): HintPlace | undefined {
  const before = (lines[line] ?? '').slice(0, character);
  if (inComment(before)) return undefined;
  const above = wayTo(lines, line, before);
  const flow = flowOf(lines, line, character, above);
  return flow === undefined ? blockPlace(lines, line, before, above) : flow;
}

function inComment(text: string): boolean {
  return /(^|\s)#/.test(text.replace(/"[^"]*"|'[^']*'/g, ''));
}

function stepOf(text: string, line: number): Step | undefined {
  const match = keyLine.exec(text);
  if (match === null) return undefined;
  const [, blanks = '', dashes = '', double, single, plain, rest = ''] = match;
  const key = double ?? single ?? plain ?? '';
  const restAt = text.length - rest.trimStart().length;
  return { key, indent: blanks.length + dashes.length, line, isItem: dashes !== '', rest: rest.trim(), restAt };
}

/** The keys that a line stands below, the outermost first. */
function wayTo(lines: readonly string[], line: number, before: string): readonly Step[] {
  const own = stepOf(before, line);
  let indent = own?.indent ?? before.length - before.trimStart().length;
  const way: Step[] = own === undefined ? [] : [own];
  for (let at = line - 1; at >= 0 && indent > 0; at -= 1) {
    const step = stepOf(lines[at] ?? '', at);
    if (step === undefined) continue;
    const dashless = step.isItem ? (/^\s*/.exec(lines[at] ?? '')?.[0].length ?? 0) : step.indent;
    if (step.indent < indent) {
      way.unshift(step);
      indent = step.indent;
    }
    // The keys of an item stand below the key of its list, wherever the dash is.
    if (step.isItem && step.indent <= indent) indent = Math.min(indent, dashless + 1);
  }
  return way;
}

/** Whose hints stand below a way down that ends with `modelyard`; undefined when it is no such way. */
function ownerOf(way: readonly string[]): HintPlace['of'] | undefined {
  const path = /^(?:sources|seeds)\/(?:tables\/)?(columns\/)?(?:config\/)?meta\/modelyard$/.exec(way.join('/'));
  if (path === null) return undefined;
  return path[1] === undefined ? 'table' : 'column';
}

function blockPlace(
  lines: readonly string[],
  line: number,
  before: string,
  way: readonly Step[],
): HintPlace | undefined {
  const keys = way.map(({ key }) => key);
  const at = keys.indexOf('modelyard');
  const hints = way[at];
  if (hints === undefined || hints.line === line || hints.rest.startsWith('{')) return undefined;
  const of = ownerOf(keys.slice(0, at + 1));
  const below = way.slice(at + 1);
  const [own] = below;
  if (of === undefined || below.length > 1) return undefined;
  if (own !== undefined && own.line !== line) return undefined;
  if (own === undefined && !/^\s*[\w-]*$/.test(before)) return undefined;
  return { of, valueOf: own?.key, isFlow: false, written: siblings(lines, hints, line) };
}

/** The hints on the lines below a key, but for one line. */
function siblings(lines: readonly string[], { line, indent }: Step, without: number): readonly string[] {
  const found: Step[] = [];
  for (let at = line + 1; at < lines.length; at += 1) {
    const text = lines[at] ?? '';
    if (text.trim() === '' || text.trimStart().startsWith('#')) continue;
    if (text.length - text.trimStart().length <= indent) break;
    const step = stepOf(text, at);
    if (step !== undefined && at !== without) found.push(step);
  }
  const nearest = Math.min(...found.map((step) => step.indent));
  return found.filter((step) => step.indent === nearest).map(({ key }) => key);
}

/** Undefined when the place is in no braces; a place in braces that hold no hints is in none either. */
function flowOf(
  lines: readonly string[],
  line: number,
  character: number,
  way: readonly Step[],
): HintPlace | undefined {
  const opener = [...way].reverse().find(({ rest }) => rest.startsWith('{'));
  if (opener === undefined) return undefined;
  const offset = [...lines.slice(opener.line, line), ''].join('\n').length + character - opener.restAt;
  const found = bracesAt(lines.slice(opener.line).join('\n').slice(opener.restAt), offset);
  if (found === undefined) return undefined;
  const outer = way.slice(0, way.indexOf(opener) + 1).map(({ key }) => key);
  const of = ownerOf([...outer, ...found.outer]);
  return of === undefined ? undefined : { of, valueOf: found.valueOf, isFlow: true, written: found.others };
}

/** The innermost braces around a place. */
interface Braces {
  /** The keys in whose values they stand, the outermost first. */
  readonly outer: readonly string[];
  /** The key whose value the place is in. */
  readonly valueOf: string | undefined;
  /** The other keys of the braces. */
  readonly others: readonly string[];
}

const flowToken = /"[^"]*"?|'[^']*'?|[{}[\],]|:(?=\s|$)|[^\s{}[\],:"']+|:/g;

/** Undefined when the place is in no braces, or in a list within them. */
function bracesAt(text: string, offset: number): Braces | undefined {
  const open: { readonly keys: string[]; key: string | undefined }[] = [];
  let lists = 0;
  let word = '';
  let around: Omit<Braces, 'others'> | undefined;
  let innermost: (typeof open)[number] | undefined;
  let keysBefore = 0;
  let isClosed = false;
  const arrive = (): void => {
    innermost = lists === 0 ? open.at(-1) : undefined;
    const outer = open.slice(0, -1).map(({ key }) => key ?? '');
    around = { outer, valueOf: innermost?.key };
    keysBefore = innermost?.keys.length ?? 0;
  };
  for (const { 0: found, index } of text.matchAll(flowToken)) {
    if (around === undefined && index >= offset) arrive();
    const current = open.at(-1);
    if (found === '[') lists += 1;
    else if (found === ']') lists -= 1;
    else if (found === '{') open.push({ keys: [], key: undefined });
    else if (found === '}') {
      open.pop();
      isClosed = current !== undefined && current === innermost;
      if (isClosed || open.length === 0) break;
    } else if (lists > 0 || current === undefined) continue;
    else if (found === ',') current.key = undefined;
    else if (found === ':' && current.key === undefined) {
      current.key = word;
      current.keys.push(word);
    } else word = found.replace(/^(["'])(.*)\1$/, '$2');
  }
  if (around === undefined && open.length > 0) arrive();
  if (around === undefined || innermost === undefined) return undefined;
  const { valueOf } = around;
  // What follows braces that are not closed yet is not in them.
  const keys = isClosed ? innermost.keys : innermost.keys.slice(0, keysBefore);
  return { ...around, others: keys.filter((key) => key !== valueOf) };
}
