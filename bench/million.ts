/**
 * Can a tab search a million photos? The app's own index code, in Chromium, on seeded vectors:
 * minutes to build, bytes, time from the saved index to the first answer, time and recall of a
 * search with reranking, and the page's memory.
 *
 *   npm run bench:browser-million -- --n 1000000 --d 128
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { findBrowser, quietSwitches } from '../scripts/browser.ts';
import { BREAK_EVEN } from '../src/ann/index.ts';
import { checkInteger } from '../src/base/checks.ts';
import { contentSecurityPolicy, securityHeaders } from '../src/pwa/securityHeaders.ts';
import { residentMegabytes } from './browser/memory.ts';
import { printRow, round, say } from './browser/rows.ts';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '1000000' },
    d: { type: 'string', default: '128' },
    seed: { type: 'string', default: '1' },
    queries: { type: 'string', default: '200' },
    port: { type: 'string', default: '4292' },
  },
});
const n = checkInteger('--n', Number(values.n), BREAK_EVEN, 0xfffffff);
const d = checkInteger('--d', Number(values.d), 1, 65_536);
const port = checkInteger('--port', Number(values.port), 1, 65_535);
const seed = checkInteger('--seed', Number(values.seed), 0, 0xffffffff);
const queries = checkInteger('--queries', Number(values.queries), 1, 100_000);

const folder = mkdtempSync(join(tmpdir(), 'akin-million-'));
const outDir = join(folder, 'page');
const shared = {
  configFile: false,
  root: join(import.meta.dirname, 'browser', 'million'),
  logLevel: 'warn',
} as const;
await build({
  ...shared,
  worker: { format: 'es' },
  build: { target: 'es2023', outDir, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
});
const server = await preview({
  ...shared,
  build: { outDir },
  preview: { port, strictPort: true, headers: securityHeaders(contentSecurityPolicy) },
});
const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
  executablePath: findBrowser(),
  args: [...quietSwitches, '--disable-gpu', '--enable-blink-features=ForceEagerMeasureMemory'],
});
try {
  const page = context.pages()[0] ?? (await context.newPage());
  await visit(page);
  say(`Writing ${n} vectors of ${d}`);
  const fillMs = await page.evaluate((job) => window.million!.call('fill', [job]), { n, d, seed });
  say(`Written in ${round(fillMs / 1000)} s; building the index`);
  await visit(page);
  const built = await page.evaluate((length) => window.million!.call('build', [length]), d);
  printRow({
    bench: 'million-build',
    n,
    d,
    minutes: round(built.buildMs / 60_000, 2),
    secondsByStage: Object.fromEntries(
      Object.entries(built.msByStage).map(([stage, ms]) => [stage, round(ms / 1000)]),
    ),
  });
  const firstAnswers: number[] = [];
  for (let i = 0; i < 3; i++) {
    await visit(page);
    const { firstAnswerMs, openMs, readMs } = await page.evaluate(
      (length) => window.million!.call('open', [length]),
      d,
    );
    const [first, open, read] = [firstAnswerMs, openMs, readMs].map((ms) => round(ms, 0));
    say(`First answer after ${first} ms: ${open} to open; reading again takes ${read}`);
    firstAnswers.push(firstAnswerMs);
  }
  const pageMegabytes = await measuredMegabytes(page);
  const rendererMegabytes = await residentMegabytes(context);
  const found = await page.evaluate((count) => window.million!.call('search', [count]), queries);
  printRow({
    bench: 'million-search',
    n,
    d,
    spec: found.spec,
    queries,
    msPerQuery: round(found.msPerQuery, 3),
    p99Ms: round(found.p99Ms, 3),
    recall10: round(found.recall10, 4),
    codesScanned: round(found.codesScanned, 0),
    bytesPerVector: round(found.bytes / n),
    rerankBytesPerVector: round(found.rerankBytes / n),
    exactBytesPerVector: round(found.exactBytes / n),
    firstAnswerMs: firstAnswers.map((ms) => round(ms, 0)).sort((a, b) => a - b)[1],
    pageMegabytes,
    rendererMegabytes,
    addMs: round(found.addMs, 3),
  });
} finally {
  await context.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
}

/** A fresh page, and thus a fresh worker. */
async function visit(page: Page): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`http://localhost:${port}/`);
  await page.waitForFunction(() => window.million !== undefined);
}

/** Memory of the page and its workers as reported by the browser, in MiB. */
async function measuredMegabytes(page: Page): Promise<number> {
  const { bytes, breakdown } = await page.evaluate(() =>
    (
      performance as unknown as {
        measureUserAgentSpecificMemory(): Promise<{
          readonly bytes: number;
          readonly breakdown: readonly { readonly bytes: number; readonly types: string[] }[];
        }>;
      }
    ).measureUserAgentSpecificMemory(),
  );
  say(JSON.stringify(breakdown.filter((part) => part.bytes > 0)));
  return round(bytes / 2 ** 20, 1);
}
