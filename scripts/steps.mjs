// Progress of a script that takes its time: a line when a step begins, and one with the seconds when it is done. A step
// that fails ends the script.

/**
 * @template T
 * @param {string} title what is being done
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  console.log(`${title}…`);
  const began = performance.now();
  try {
    const result = await work();
    console.log(`  done in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    return result;
  } catch (error) {
    console.error(`  failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
