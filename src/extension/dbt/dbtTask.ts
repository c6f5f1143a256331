import * as vscode from 'vscode';
import type { RunningProgram, RunProgram } from './dbtProgram.ts';

/** One call of dbt, as a task of the editor: its output is in a terminal. */
export interface DbtCall {
  readonly program: string;
  /** Passed as they are: no shell reads them. */
  readonly args: readonly string[];
  readonly folder: vscode.Uri;
  readonly label: string;
}

/** How a call of dbt ended. */
export interface DbtEnding {
  /** Undefined when it was ended before. */
  readonly exitCode: number | undefined;
  /** What it wrote to the terminal, or the end of it. */
  readonly output: string;
}

/** So much of the output is kept, in characters: dbt's last words are in it. */
const keptOutput = 100_000;

/** Runs dbt as a task until it ends. */
export async function runDbtTask(
  call: DbtCall,
  run: RunProgram,
  cancellation: vscode.CancellationToken,
): Promise<DbtEnding> {
  const { folder, label } = call;
  return new Promise((resolve, reject) => {
    const terminal = new DbtTerminal(call, run, (ending) => {
      listener.dispose();
      resolve(ending);
    });
    const listener = cancellation.onCancellationRequested(() => terminal.close());
    const execution = new vscode.CustomExecution(() => Promise.resolve(terminal));
    const scope = vscode.workspace.getWorkspaceFolder(folder) ?? vscode.TaskScope.Workspace;
    const task = new vscode.Task({ type: 'modelyard.dbt', label }, scope, label, 'Modelyard', execution);
    task.presentationOptions = {
      reveal: vscode.TaskRevealKind.Silent,
      clear: true,
      panel: vscode.TaskPanelKind.Dedicated,
    };
    vscode.tasks.executeTask(task).then(undefined, (error: unknown) => {
      listener.dispose();
      reject(error instanceof Error ? error : new Error(String(error)));
    });
  });
}

/** The terminal of the task: shows what dbt writes, and ends it when it is closed. */
class DbtTerminal implements vscode.Pseudoterminal {
  readonly #call: DbtCall;
  readonly #run: RunProgram;
  readonly #ended: (ending: DbtEnding) => void;
  readonly #write = new vscode.EventEmitter<string>();
  readonly #close = new vscode.EventEmitter<number>();
  readonly onDidWrite = this.#write.event;
  readonly onDidClose = this.#close.event;
  #running: RunningProgram | undefined;
  #output = '';
  #isClosed = false;

  constructor(call: DbtCall, run: RunProgram, ended: (ending: DbtEnding) => void) {
    this.#call = call;
    this.#run = run;
    this.#ended = ended;
  }

  open(): void {
    const { program, args, folder } = this.#call;
    this.#line(`${program} ${args.join(' ')}`);
    if (this.#isClosed) {
      this.#end(undefined);
      return;
    }
    this.#running = this.#run({ program, args, folder: folder.fsPath }, (text) => {
      this.#output = `${this.#output}${text}`.slice(-keptOutput);
      this.#write.fire(text.replace(/\r?\n/g, '\r\n'));
    });
    // dbt that is interrupted ends with a code of its own.
    void this.#running.ended.then((code) => this.#end(this.#isClosed ? undefined : code));
  }

  /** The terminal was closed, or the task ended from outside. */
  close(): void {
    this.#isClosed = true;
    this.#running?.end();
  }

  #end(code: number | undefined): void {
    this.#line(code === undefined ? 'ended' : `ended with ${String(code)}`);
    this.#close.fire(code ?? 1);
    this.#ended({ exitCode: code, output: this.#output });
  }

  #line(text: string): void {
    this.#write.fire(`${text}\r\n`);
  }
}
