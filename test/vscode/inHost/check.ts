/** Fails a test unless a condition holds; Node's assert is not there in a web host. */
export function check(condition: boolean, message: string): void {
  if (!condition) throw new Error(message);
}

/** Fails a test unless a value is the one expected; both may be anything that JSON can write. */
export function checkEqual(actual: unknown, expected: unknown): void {
  const [found, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (found !== wanted) throw new Error(`expected ${wanted}, found ${found}`);
}
