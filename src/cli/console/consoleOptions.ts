import type { Options } from '../options/resolveOptions.ts';
import type { CommandName } from '../options/commandOptions.ts';
import { Console, type ConsoleStyle } from './console.ts';
import type { ConsoleLevel } from './consoleEvent.ts';

/** The console that the options ask for, on the standard output as dbt's. */
export function openConsole(options: Options, invocationId: string): Console {
  return new Console(consoleStyle(options), {
    invocationId,
    pid: process.pid,
    now: () => Date.now(),
    write: (line) => console.log(line),
    ...(listing.includes(options.command) ? { aside: tellAside } : {}),
  });
}

/** Commands whose output is read by scripts: it holds names and nothing else, as that of `dbt ls --quiet`. */
const listing: readonly CommandName[] = ['ls', 'list'];

/** A script that reads both streams gets no more than errors beside the names. */
function tellAside(line: string, level: ConsoleLevel): void {
  if (level === 'error' || process.stderr.isTTY) process.stderr.write(`${line}\n`);
}

function consoleStyle(options: Options): ConsoleStyle {
  const format = options.value('log-format');
  const levels = ['debug', 'info', 'warn', 'error', 'none'] as const;
  const level = levels.find((one) => one === options.value('log-level')) ?? 'info';
  return {
    format: format === 'json' || format === 'debug' ? format : 'text',
    level: options.has('debug') ? 'debug' : level,
    isQuiet: options.has('quiet'),
    prints: !options.isOff('print'),
    width: Number(options.value('printer-width') ?? 80),
  };
}
