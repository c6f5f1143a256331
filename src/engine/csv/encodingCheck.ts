import { type CsvFaults } from './csvFaults.ts';
import { type RecordBlock } from './recordScanner.ts';

const message = 'the bytes are not UTF-8: save the file in that encoding';

/** Watches the bytes of a file go by: a byte that is not UTF-8, or a NUL, makes each value be looked at. */
export class EncodingCheck {
  readonly #faults: CsvFaults;
  readonly #stream = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  readonly #value = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  #isAscii = true;
  #isSuspect = false;

  constructor(faults: CsvFaults) {
    this.#faults = faults;
  }

  /** Takes the next bytes; undefined at the end of the file. */
  push(bytes: Uint8Array | undefined): void {
    if (this.#isSuspect) return;
    this.#isAscii &&= bytes === undefined || isAscii(bytes);
    if (this.#isAscii) {
      this.#isSuspect = bytes?.includes(0) === true;
      return;
    }
    try {
      // Its text is dropped: the platform's decoder is quicker than a loop of ours.
      this.#stream.decode(bytes, { stream: bytes !== undefined });
      this.#isSuspect = bytes?.includes(0) === true;
    } catch {
      this.#isSuspect = true;
    }
  }

  checkHeader(names: readonly string[], line: number): void {
    if (!this.#isSuspect) return;
    if (names.some((name) => name.includes('\0'))) {
      this.#faults.add('encoding', line, 'the header has NUL bytes: save the file as UTF-8, not UTF-16');
    } else if (names.some((name) => name.includes('\ufffd'))) this.#faults.add('encoding', line, message);
  }

  checkBlock(block: RecordBlock): void {
    if (!this.#isSuspect) return;
    for (let row = 0; row < block.rows && !this.#faults.full; row += 1) {
      for (let field = 0; field < block.columns; field += 1) {
        const index = row * block.columns + field;
        const problem = this.#problemOf(block.bytes.subarray(block.starts[index], block.ends[index]));
        if (problem !== undefined) this.#faults.add('encoding', block.lines[row] ?? 0, problem, field);
      }
    }
  }

  /** Reports bytes that no value of a whole record shows: they stand in a ragged or unfinished one. */
  finish(line: number): void {
    if (this.#isSuspect && !this.#faults.any) this.#faults.add('encoding', line, message);
  }

  #problemOf(value: Uint8Array): string | undefined {
    if (value.includes(0)) return 'the value has a NUL byte in it';
    try {
      this.#value.decode(value);
      return undefined;
    } catch {
      return message;
    }
  }
}

/** True when no byte has its highest bit set; four bytes at a time. */
function isAscii(bytes: Uint8Array): boolean {
  if (bytes.length < 8) return bytes.every((byte) => byte < 0x80);
  const aligned = (4 - (bytes.byteOffset % 4)) % 4;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + aligned, (bytes.length - aligned) >> 2);
  let bits = 0;
  for (const byte of bytes.subarray(0, aligned)) bits |= byte;
  for (const byte of bytes.subarray(aligned + words.length * 4)) bits |= byte;
  for (let at = 0; at < words.length; at += 1) bits |= words[at] ?? 0;
  return (bits & 0x80808080) === 0;
}
