import { cellWriter, type CellBuffer } from './cellWriter.ts';
import type { CellFormat } from './generationPlan.ts';
import type { RowFormat } from './rowFormat.ts';
import { utf8 } from './utf8.ts';

/** Values that a column may not get again, because given rows have them. */
export type TakenValues =
  | { readonly kind: 'numbers'; readonly numbers: ReadonlySet<number> }
  /** By the text that a number becomes: several numbers may become the same. */
  | { readonly kind: 'texts'; readonly texts: ReadonlySet<string>; readonly format: CellFormat };

/** The given values of a column as what may not come again. */
export function takenValues(
  values: readonly (string | undefined)[],
  numbers: Float64Array,
  format: CellFormat,
): TakenValues {
  if (format.kind === 'pattern' || format.kind === 'phrase') {
    const texts = values.flatMap((value) => (value === undefined ? [] : [spelledBytes(utf8(value))]));
    return { kind: 'texts', texts: new Set(texts), format };
  }
  return { kind: 'numbers', numbers: new Set(numbers) };
}

/** Texts as they are, with nothing around them. */
const bare: RowFormat = {
  extension: '',
  head: () => '',
  before: () => '',
  rowEnd: '',
  empty: '',
  booleans: ['false', 'true'],
  needsQuotes: () => false,
  escaped: (text) => text,
};

/** Tells whether a number stands for a taken value. */
export function takenTest(taken: TakenValues): (value: number) => boolean {
  if (taken.kind === 'numbers') return (value) => taken.numbers.has(value);
  const writer = cellWriter({ format: taken.format, min: 0, max: 0 }, bare);
  const [values, sizes, places] = [new Float64Array(1), new Int32Array(1), new Int32Array(1)];
  let buffer = bufferOf(64);
  return (value) => {
    values[0] = value;
    sizes[0] = 0;
    writer.measure(values, sizes);
    const [size = 0] = sizes;
    // Writers may touch a few bytes more than they fill.
    if (buffer.bytes.length < size + 16) buffer = bufferOf(2 * size + 16);
    places[0] = size;
    writer.write(buffer, values, places);
    return taken.texts.has(spelledBytes(buffer.bytes.subarray(0, size)));
  };
}

function bufferOf(size: number): CellBuffer {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer) };
}

/** Bytes as a text of one character each, to be compared. */
function spelledBytes(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
