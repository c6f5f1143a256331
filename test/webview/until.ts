import assert from 'node:assert/strict';

/** Waits until something holds, and fails when it does not within ten seconds: for conditions, never for time. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > end) assert.fail(`waited in vain for ${String(holds)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
