/** `1 model`, `2 models`, `2 analyses`. */
export function counted(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${String(count)} ${noun.endsWith('is') ? `${noun.slice(0, -2)}es` : `${noun}s`}`;
}

/** dbt says "1 test" and "2 data tests" (core/dbt/events/types.py, utils.py: pluralize). */
export function testNoun(count: number): string {
  return count === 1 ? 'test' : 'data test';
}
