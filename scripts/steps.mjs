// Progress of a script that takes its time: a line when a step begins, and one with the seconds when it is done.

/**
 * @template T
 * @param {string} title what is being done
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  console.log(`${title}…`);
  const began = performance.now();
  const result = await work();
  console.log(`  done in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return result;
}
