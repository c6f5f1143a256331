/** Runs in the page before its own script: what VS Code gives a webview, and what the tests want to know. */
interface FakeVsCode {
  acquireVsCodeApi(): { postMessage(message: unknown): void };
  /** Calls the test's process; put there by Playwright. */
  postToHost(message: unknown): Promise<void>;
  /** Dresses the page as VS Code does: variables on the root element, classes on the body. */
  applyTheme(theme: { readonly bodyClass: string; readonly variables: Readonly<Record<string, string>> }): void;
  /** What the policy blocked so far. */
  readonly violations: string[];
  /** Sum of the layout shifts that no input explains. */
  layoutShift: number;
}

const fake = globalThis as unknown as FakeVsCode;
const violations: string[] = [];

Object.assign(fake, {
  violations,
  layoutShift: 0,
  acquireVsCodeApi: () => ({ postMessage: (message: unknown) => void fake.postToHost(message) }),
  applyTheme: ({ bodyClass, variables }) => {
    const { style } = document.documentElement;
    for (const name of [...style].filter((one) => one.startsWith('--vscode-'))) style.removeProperty(name);
    for (const [name, value] of Object.entries(variables)) style.setProperty(`--vscode-${name}`, value);
    document.body.className = bodyClass;
  },
} satisfies Partial<FakeVsCode>);

document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) =>
  violations.push(`${effectiveDirective} ${blockedURI} ${sourceFile}:${String(lineNumber)}`),
);

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
}

new PerformanceObserver((list) => {
  for (const shift of list.getEntries() as LayoutShift[]) if (!shift.hadRecentInput) fake.layoutShift += shift.value;
}).observe({ type: 'layout-shift', buffered: true });

// VS Code's own style for webviews, ahead of the page's; a constructed sheet is no matter of the policy.
const defaults = new CSSStyleSheet();
defaults.replaceSync(`@layer vscode {
  html { scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
  body { padding: 0 20px; background-color: transparent; color: var(--vscode-editor-foreground);
    font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); font-weight: var(--vscode-font-weight); }
}`);
document.adoptedStyleSheets = [defaults];
