const [comma, quote, lineFeed, carriageReturn] = [0x2c, 0x22, 0x0a, 0x0d];

/** The bytes of a value as a field of a CSV file: in quotes where it needs them (RFC 4180). */
export function csvField(bytes: Uint8Array): Uint8Array {
  const isPlain = !bytes.some(
    (byte) => byte === comma || byte === quote || byte === lineFeed || byte === carriageReturn,
  );
  if (isPlain) return bytes;
  const doubled: number[] = [quote];
  for (const byte of bytes) {
    if (byte === quote) doubled.push(quote);
    doubled.push(byte);
  }
  doubled.push(quote);
  return Uint8Array.from(doubled);
}

/** Fields behind each other, with commas between. */
export function csvLine(fields: readonly Uint8Array[]): Uint8Array {
  return joinBytes(fields.flatMap((field, i) => (i === 0 ? [field] : [Uint8Array.of(comma), field])));
}

/** Records behind each other, each ended by a line feed. */
export function csvLines(records: readonly Uint8Array[]): Uint8Array {
  return joinBytes(records.flatMap((record) => [record, Uint8Array.of(lineFeed)]));
}

function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
