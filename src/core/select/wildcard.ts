/** Matches a text against a pattern of `*`, `?` and `[…]` as Python's fnmatch does, with regard to case. */
export function matchesWildcard(text: string, pattern: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^]*')
    .replaceAll('?', '[^]')
    .replace(/\[!/g, '[^');
  try {
    return new RegExp(`^(?:${source})$`).test(text);
  } catch {
    return text === pattern;
  }
}

export function hasWildcard(text: string): boolean {
  return /[*?[\]]/.test(text);
}
