/** Runs the tests that are registered; rejects when one fails, which is how VS Code is told. */
export function runMocha(mocha: Pick<Mocha, 'run'>): Promise<void> {
  return new Promise((resolve, reject) => {
    mocha.run((failures) => {
      if (failures === 0) resolve();
      else reject(new Error(`${failures} tests failed`));
    });
  });
}
