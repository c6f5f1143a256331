/** The packaged extension; the script that makes it (scripts/test.mjs) says where it is. */
export function packagedExtension(): string {
  const vsix = process.env['MODELYARD_VSIX'];
  if (vsix === undefined) throw new Error('MODELYARD_VSIX names no package: run the tests with npm test');
  return vsix;
}
