export interface WrapOptions {
  readonly width: number;
  readonly breakLongWords: boolean;
  readonly breakOnHyphens: boolean;
}

/** Python's `textwrap.wrap` of one line, with white space kept as it is. */
export function wrapText(line: string, options: WrapOptions): string[] {
  const chunks = splitChunks(line, options.breakOnHyphens).reverse();
  const lines: string[] = [];
  while (chunks.length > 0) {
    if (lines.length > 0 && chunks.at(-1)?.trim() === '') chunks.pop();
    const current: string[] = [];
    let length = 0;
    while (chunks.length > 0 && length + (chunks.at(-1)?.length ?? 0) <= options.width) {
      const chunk = chunks.pop() ?? '';
      current.push(chunk);
      length += chunk.length;
    }
    if ((chunks.at(-1)?.length ?? 0) > options.width) takeLongWord(chunks, current, options.width - length, options);
    if (current.at(-1)?.trim() === '') current.pop();
    if (current.length > 0) lines.push(current.join(''));
  }
  return lines;
}

function takeLongWord(chunks: string[], current: string[], room: number, options: WrapOptions): void {
  const chunk = chunks.at(-1) ?? '';
  const space = Math.max(room, options.width < 1 ? 1 : 0);
  if (options.breakLongWords) {
    const hyphen = options.breakOnHyphens && chunk.length > space ? chunk.lastIndexOf('-', space - 1) : -1;
    const hasLetterBefore = hyphen > 0 && /[^-]/.test(chunk.slice(0, hyphen));
    const end = hasLetterBefore ? hyphen + 1 : space;
    current.push(chunk.slice(0, end));
    chunks[chunks.length - 1] = chunk.slice(end);
  } else if (current.length === 0) {
    chunks.pop();
    current.push(chunk);
  }
}

/** Words, the white space between them, and the parts of words that end in a hyphen. */
function splitChunks(line: string, breakOnHyphens: boolean): string[] {
  const words = line.match(/\s+|\S+/g) ?? [];
  if (!breakOnHyphens) return [...words];
  return words.flatMap((word) =>
    /^\s/.test(word) ? [word] : word.split(/(?<=[\p{L}_'"]{2}-)(?=[\p{L}_]-?[\p{L}_])/u),
  );
}
