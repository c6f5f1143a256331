// Repairs the page in which the VS Code server lays every webview.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/**
 * The page registers a service worker whose address names the webview. On this server all webviews are of one origin,
 * so the worker of one takes the place of another's, and of two that load at once one may wait for its own for ever
 * and stay empty. Without the name all share one worker; it is only read for workers that load files of a webview.
 * @param {string} server the folder of the VS Code server
 */
export function shareServiceWorker(server) {
  const file = path.join(server, 'out/vs/workbench/contrib/webview/browser/pre/index.html');
  const page = fs.readFileSync(file, 'utf8');
  const shared = replaceOnce(page, '&id=${ID}&remoteAuthority=', '&remoteAuthority=');
  // The page's content security policy names its one script by its digest.
  fs.writeFileSync(file, replaceOnce(shared, scriptDigest(page), scriptDigest(shared)));
}

/** @param {string} page */
function scriptDigest(page) {
  const script = /<script[^>]*>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
  return createHash('sha256').update(script).digest('base64');
}

/**
 * @param {string} text
 * @param {string} from
 * @param {string} to
 */
function replaceOnce(text, from, to) {
  if (text.split(from).length !== 2) throw new Error(`the webview page does not hold ${from} once`);
  return text.replace(from, () => to);
}
