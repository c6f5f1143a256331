import * as vscode from 'vscode';

/** A file of the sample's dbt project in the folder that is open. */
export function projectFile(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, 'dbt_project', path);
}

/** Its text as it is on the disk. */
export async function readFile(path: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(projectFile(path)));
}

export async function writeFile(uri: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}

/** Waits until another program has written a file. */
export async function fileWhen(uri: vscode.Uri): Promise<void> {
  for (;;) {
    try {
      await vscode.workspace.fs.stat(uri);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Waits until the diagnostics of a file hold to a condition, and gives them. */
export async function diagnosticsWhen(
  uri: vscode.Uri,
  holds: (found: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const found = vscode.languages.getDiagnostics(uri);
      if (holds(found)) resolve(found);
      return holds(found);
    };
    if (look()) return;
    const listener = vscode.languages.onDidChangeDiagnostics(() => {
      if (look()) listener.dispose();
    });
  });
}
