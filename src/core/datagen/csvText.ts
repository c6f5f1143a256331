/** A field as RFC 4180 writes it: in quotes when it holds a comma, a quote, a line end, or blanks at an end. */
export function quotedField(text: string): string {
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
