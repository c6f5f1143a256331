import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { LatestEventsPort } from '../../src/extension/views/latestEvents.ts';
import { webviewHtml } from '../../src/extension/views/webviewHtml.ts';
import type { Message } from '../../src/protocol/rpc.ts';
import { buildFakeVsCode, buildView, type BuiltView, type ViewName } from './builtViews.ts';
import { themes, type Theme, type ThemeName } from './themes.ts';

const origin = 'https://webview.test';
const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The page's globals that the tests use (page/fakeVsCode.ts and axe-core). */
interface PageGlobals {
  readonly violations: readonly string[];
  readonly layoutShift: number;
  applyTheme(theme: Theme): void;
  postMessage(message: Message, targetOrigin: string): void;
  readonly axe: typeof axe;
}

/** Where a page opens. */
export interface PageOptions {
  readonly theme?: ThemeName;
  readonly width?: number;
  readonly height?: number;
}

/** A view in a plain browser, with the host's end of its channel. */
export interface WebviewPage {
  readonly page: Page;
  /** Everything the page logged as an error or warning, and what it threw. */
  readonly complaints: readonly string[];
  setTheme(theme: ThemeName): Promise<void>;
  layoutShift(): Promise<number>;
  /** Fails on a policy violation, a complaint, or a finding of axe's A and AA rules. */
  assertClean(): Promise<void>;
  /** Keeps a picture when MODELYARD_SHOTS names a folder. */
  shot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** One browser and one built view, for all tests of a file. */
export class ViewLab {
  readonly #view: ViewName;
  readonly #built: BuiltView;
  readonly #fakeVsCode: string;
  readonly #browser: Browser;

  private constructor(view: ViewName, built: BuiltView, fakeVsCode: string, browser: Browser) {
    this.#view = view;
    this.#built = built;
    this.#fakeVsCode = fakeVsCode;
    this.#browser = browser;
  }

  static async open(view: ViewName): Promise<ViewLab> {
    const executablePath = process.env['MODELYARD_CHROMIUM'] ?? '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath, args: browserArguments });
    return new ViewLab(view, await buildView(view), await buildFakeVsCode(), browser);
  }

  close(): Promise<void> {
    return this.#browser.close();
  }

  /** Loads the view's real page under its real policy, joined to `port`. */
  async load(port: LatestEventsPort, { theme = 'dark', width = 720, height = 260 }: PageOptions): Promise<WebviewPage> {
    const context = await this.#browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' });
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.route(`${origin}/**`, (route) => route.fulfill(this.#answer(new URL(route.request().url()).pathname)));
    await page.addInitScript({ content: this.#fakeVsCode });
    let themed = (): void => undefined;
    const dressed = new Promise<void>((resolve) => {
      themed = resolve;
    });
    // VS Code dresses a page before its script runs; here that comes after, so the script's first word is held back.
    await page.exposeFunction('postToHost', (message: Message) => dressed.then(() => port.receive(message)));
    const inPage = <T, A>(act: (globals: PageGlobals, argument: A) => T, argument: A): Promise<Awaited<T>> =>
      page.evaluate(`(${String(act)})(globalThis, ${JSON.stringify(argument)})`);
    const send = (message: Message): void => {
      // A page that is closed meanwhile hears nothing more.
      inPage((globals, one) => globals.postMessage(one, '*'), message).catch(() => undefined);
    };
    port.connect(send);
    await page.goto(`${origin}/`);
    const setTheme = async (name: ThemeName): Promise<void> => {
      await inPage((globals, one) => globals.applyTheme(one), themes[name]);
    };
    await setTheme(theme);
    themed();
    return {
      page,
      complaints,
      setTheme,
      layoutShift: () => inPage((globals) => globals.layoutShift, null),
      assertClean: async () => {
        assert.deepEqual(await inPage((globals) => globals.violations, null), [], 'policy violations');
        assert.deepEqual(complaints, [], 'complaints of the page');
        await page.evaluate(axe.source);
        const findings = await inPage(
          (globals) =>
            globals.axe
              .run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })
              .then(({ violations }) =>
                violations.flatMap(({ id, nodes }) =>
                  nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ''}`),
                ),
              ),
          null,
        );
        assert.deepEqual(findings, [], 'findings of axe');
      },
      shot: async (name) => {
        const folder = process.env['MODELYARD_SHOTS'];
        if (folder === undefined) return;
        fs.mkdirSync(folder, { recursive: true });
        await page.screenshot({ path: path.join(folder, `${this.#view}-${name}.png`) });
      },
      close: () => context.close(),
    };
  }

  #answer(pathname: string): { status: number; contentType: string; body: string } {
    switch (pathname) {
      case '/':
        return { status: 200, contentType: 'text/html', body: this.#html() };
      case '/view.js':
        return { status: 200, contentType: 'text/javascript', body: this.#built.script };
      case '/view.css':
        return { status: 200, contentType: 'text/css', body: this.#built.style };
      default:
        return { status: 404, contentType: 'text/plain', body: '' };
    }
  }

  #html(): string {
    return webviewHtml({
      title: this.#view,
      nonce: '0123456789abcdef',
      cspSource: origin,
      script: `${origin}/view.js`,
      style: `${origin}/view.css`,
    });
  }
}
