import assert from 'node:assert/strict';
import { test } from 'node:test';
import { webviewHtml } from '../../../src/extension/views/webviewHtml.ts';

const html = webviewHtml({
  title: 'Lineage',
  nonce: 'abc',
  cspSource: 'https://*.vscode-cdn.net',
  script: 'https://host/lineage.js?a=1&b="2"',
  style: 'https://host/lineage.css',
});

test('the policy allows one script by its nonce and nothing from a network', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  assert.deepEqual(policy.split('; '), [
    `default-src 'none'`,
    'img-src https://*.vscode-cdn.net data:',
    'font-src https://*.vscode-cdn.net',
    `style-src https://*.vscode-cdn.net 'nonce-abc'`,
    `script-src 'nonce-abc'`,
    'worker-src blob:',
  ]);
  assert.doesNotMatch(html, /unsafe|style="|onload/);
});

test('addresses are escaped', () => {
  assert.match(html, /<script nonce="abc" src="https:\/\/host\/lineage\.js\?a=1&amp;b=&quot;2&quot;"><\/script>/);
});
