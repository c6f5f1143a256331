import { spawn } from 'node:child_process';
import type { RunProgram } from '../dbt/dbtProgram.ts';

/** Starts a program of this machine without a shell; ended, it gets the time to end what it runs on a warehouse. */
export const runProgram: RunProgram = ({ program, args, folder }, onText) => {
  const env = { ...process.env, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' };
  const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
  child.stdout.setEncoding('utf8').on('data', (text: string) => onText(text, 'out'));
  child.stderr.setEncoding('utf8').on('data', (text: string) => onText(text, 'error'));
  const ended = new Promise<number | undefined>((resolve) => {
    child.on('error', (error) => {
      onText(`${error.message}\n`, 'error');
      resolve(undefined);
    });
    child.on('close', (code) => resolve(code ?? undefined));
  });
  return { ended, end: () => void child.kill('SIGINT') };
};
