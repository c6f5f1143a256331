/** The characters that Python writes as a backslash and a letter, also in the replacement of a pattern. */
export const controlEscapes: Readonly<Record<string, string>> = {
  '\\': '\\',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const simpleEscapes: Readonly<Record<string, string>> = { ...controlEscapes, "'": "'", '"': '"', '\n': '' };

const escapePattern = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g;

/**
 * The content of a string literal (without its quotes) with its escapes read as Python reads them. An unknown
 * escape stays as it is. Undefined when an escape is cut short or names no character.
 */
export function decodeString(content: string): string | undefined {
  if (!content.includes('\\')) return content;
  const broken = { found: false };
  const decoded = content.replace(
    escapePattern,
    (whole: string, hex2?: string, hex4?: string, hex8?: string, octal?: string, other?: string) => {
      const hex = hex2 ?? hex4 ?? hex8;
      const code = hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16);
      if (Number.isNaN(code)) {
        broken.found ||= other === 'x' || other === 'u' || other === 'U' || other === 'N';
        return simpleEscapes[other ?? ''] ?? whole;
      }
      broken.found ||= code > 0x10ffff;
      return code > 0x10ffff ? '' : String.fromCodePoint(code);
    },
  );
  return broken.found ? undefined : decoded;
}
