/**
 * The names most like a word, at most three, as Python's difflib finds them with its usual cutoff: click names these
 * when an option is not known.
 */
export function closeMatches(word: string, names: readonly string[]): readonly string[] {
  return names
    .map((name) => ({ name, likeness: (2 * matching(name, word)) / (name.length + word.length) }))
    .filter(({ likeness }) => likeness >= 0.6)
    .sort((a, b) => b.likeness - a.likeness || (a.name < b.name ? 1 : -1))
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Length of the longest common piece, and of those left and right of it. */
function matching(a: string, b: string): number {
  let best = { length: 0, a: 0, b: 0 };
  for (let i = 0; i < a.length; i += 1) {
    for (let j = 0; j < b.length; j += 1) {
      let length = 0;
      while (i + length < a.length && j + length < b.length && a[i + length] === b[j + length]) length += 1;
      if (length > best.length) best = { length, a: i, b: j };
    }
  }
  if (best.length === 0) return 0;
  const before = matching(a.slice(0, best.a), b.slice(0, best.b));
  const after = matching(a.slice(best.a + best.length), b.slice(best.b + best.length));
  return best.length + before + after;
}
