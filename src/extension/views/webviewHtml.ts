/** What a page is made of; the addresses are those the webview can load, `cspSource` is the webview's own. */
export interface PageParts {
  readonly title: string;
  readonly nonce: string;
  readonly cspSource: string;
  readonly script: string;
  readonly style: string;
}

/**
 * The page of a view: a stylesheet, an empty root and one script. The policy allows that script by its nonce, style
 * elements by the same nonce (the grid makes some), workers from text bundled in, and nothing from any network.
 */
export function webviewHtml({ title, nonce, cspSource, script, style }: PageParts): string {
  const policy = [
    `default-src 'none'`,
    `img-src ${cspSource} data:`,
    `font-src ${cspSource}`,
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    `worker-src blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeAttribute(title)}</title>
<link rel="stylesheet" href="${escapeAttribute(style)}">
</head>
<body>
<main id="root"></main>
<script nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(script)}"></script>
</body>
</html>
`;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
