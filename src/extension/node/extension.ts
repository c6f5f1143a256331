import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type * as vscode from 'vscode';
import { nodeEngineAssets, startEngine } from '../../engine/node/startEngine.ts';
import { findDbt } from './findDbt.ts';
import { runProgram } from './runProgram.ts';
import { withScratch } from './withScratch.ts';
import { activateWith } from '../activateWith.ts';

/** Entry point of the Node extension host: desktop VS Code, code-server and remote windows. */
export function activate(context: vscode.ExtensionContext): void {
  activateWith(context, {
    startEngine: ({ fsPath }) => startEngine(nodeEngineAssets(path.join(fsPath, 'dist'))),
    environmentVariable: (name) => process.env[name],
    dbt: { find: findDbt, run: runProgram, withScratch },
    homeProfiles: async () => {
      const file = path.join(os.homedir(), '.dbt', 'profiles.yml');
      const text = await fs.readFile(file, 'utf8').catch(() => undefined);
      return text === undefined ? undefined : { file, text };
    },
  });
}
