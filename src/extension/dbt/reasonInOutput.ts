import { reasonIn } from '../../core/compare/dbtError.ts';

/** How dbt tells of the error that ended the whole of a command. */
const blocks = [
  // dbt 1, until the next line with a time.
  /^(?:\d\d:\d\d:\d\d {2})?Encountered an error:\n([^]*?)(?=^\d\d:\d\d:\d\d {2}|^Traceback|(?![^]))/m,
  // dbt 2, until an empty line.
  /^(\[error\] \[[^]*?)(?:\n\s*\n|(?![^]))/m,
];

const colours = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');

/** Why a command failed as a whole, from what dbt wrote to the terminal; undefined where it does not say so. */
export function reasonInOutput(output: string): string | undefined {
  const text = output.replace(colours, '').replaceAll('\r\n', '\n');
  const found = blocks.flatMap((block) => block.exec(text)?.[1] ?? [])[0];
  const reason = found === undefined ? '' : reasonIn(found);
  return reason === '' ? undefined : reason;
}
