import * as vscode from 'vscode';
import type { Message, Port } from '../../protocol/rpc.ts';
import { Disposable, DisposableStore } from '../disposable.ts';
import { LatestEventsPort } from './latestEvents.ts';
import { webviewHtml } from './webviewHtml.ts';

/** Which bundle of dist/webview a view shows, and under which view id of package.json. */
export interface WebviewDescription {
  readonly viewId: string;
  readonly title: string;
  readonly bundle: 'lineage' | 'results';
}

/**
 * A webview view: it makes the page when VS Code resolves the view, keeps it while the view is hidden, and joins it to
 * `port`, which can be used from the start and outlives any one page.
 */
export class WebviewHost extends Disposable implements vscode.WebviewViewProvider {
  readonly #port = new LatestEventsPort();
  readonly #extensionUri: vscode.Uri;
  readonly #description: WebviewDescription;
  #view: vscode.WebviewView | undefined;

  constructor(extensionUri: vscode.Uri, description: WebviewDescription) {
    super();
    this.#extensionUri = extensionUri;
    this.#description = description;
    this._register(
      vscode.window.registerWebviewViewProvider(description.viewId, this, {
        webviewOptions: { retainContextWhenHidden: true },
      }),
    );
  }

  get port(): Port {
    return this.#port;
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { webview } = view;
    const page = new DisposableStore();
    page.add(webview.onDidReceiveMessage((message: Message) => this.#port.receive(message)));
    page.add(view.onDidDispose(() => page.dispose()));
    page.add({
      dispose: () => {
        if (this.#view !== view) return;
        this.#view = undefined;
        this.#port.disconnect();
      },
    });
    this._register(page);
    this.#view = view;
    // A message to a webview that is just going away resolves to false; the next page gets the events anew.
    this.#port.connect((message) => void webview.postMessage(message));

    const folder = vscode.Uri.joinPath(this.#extensionUri, 'dist', 'webview');
    const resource = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [folder] };
    webview.html = webviewHtml({
      title: this.#description.title,
      nonce: makeNonce(),
      cspSource: webview.cspSource,
      script: resource(`${this.#description.bundle}.js`),
      style: resource(`${this.#description.bundle}.css`),
    });
  }

  /** Brings the view to the front; the keyboard stays in the editor unless `preserveFocus` is false. */
  async reveal(preserveFocus = true): Promise<void> {
    if (this.#view === undefined) {
      // Before a view was ever shown only its own command can make it.
      await vscode.commands.executeCommand(`${this.#description.viewId}.focus`, { preserveFocus });
    } else {
      this.#view.show(preserveFocus);
    }
  }
}

/** 128 random bits, for one page. */
function makeNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
