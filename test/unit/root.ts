/** The repository's folder: tests run from there. */
export const root = process.env['MODELYARD_ROOT'] ?? process.cwd();
