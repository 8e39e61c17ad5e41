import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** The app's source files, by path under `src/`. */
const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => /\.tsx?$/.test(path) && !/\.test\.ts$|\/testing\/|\/assembly\//.test(path))
  .map((path) => ({ path, text: readFileSync(join('src', path), 'utf8') }));

type Rule = readonly [what: string, pattern: RegExp, only?: string];

/** Patterns allowed in a single file, which handles them safely, or nowhere. */
const RULES: readonly Rule[] = [
  ['the address of a blob', /createObjectURL/, 'ui/state/object-url.ts'],
  ['a data: address', /[`'"]data:[^`'"]/, 'workers/shared/dataUrl.ts'],
  ['a policy of Trusted Types', /createPolicy/, 'rpc/trustedScripts.ts'],
  ['the title of the tab', /document\.title/, 'ui/screens/screen.tsx'],
  // A URL built from it can lead to another host: see `routeUrl`.
  ['the path of the page', /location\.pathname/, 'ui/state/navigation.ts'],
  ['an address from the root of the host', /\b(?:href|src)=(?:"|\{[`'])\//],
  ['markup from text', /\b(?:inner|outer)HTML\b|insertAdjacentHTML|dangerouslySet|document\.write/],
  ['code from text', /\beval\(|new Function\(|\bsrcdoc\b/],
  ['another window', /window\.open\(/],
  ['a connection past the policy', /\bRTC\w+|WebSocket|EventSource|sendBeacon|WebTransport/],
];

it.each(RULES.map((rule) => ({ what: rule[0], rule })))(
  'the source uses $what only where it is safe',
  ({ rule }) => {
    const [, pattern, only] = rule;
    const found = sources.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
    expect(found).toEqual(only === undefined ? [] : [only]);
  },
);
