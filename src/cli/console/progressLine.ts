/** One line on a terminal that says what is being done; nothing where the error stream is no terminal. */
export class ProgressLine {
  readonly #stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;
  #isShown = false;

  constructor(stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'> = process.stderr) {
    this.#stream = stream;
  }

  /** Shows a step in the place of the one before. */
  show(step: string, done: number, total: number): void {
    if (!this.#stream.isTTY) return;
    const text = total > 1 ? `${step} (${String(done + 1)} of ${String(total)})` : step;
    this.#stream.write(`\r\u001B[2K${text.slice(0, Math.max(this.#stream.columns - 1, 10))}`);
    this.#isShown = true;
  }

  /** Takes the line away, before something else is printed. */
  clear(): void {
    if (this.#isShown) this.#stream.write('\r\u001B[2K');
    this.#isShown = false;
  }
}
