import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { findBrowser, quietSwitches } from './browser.ts';

export interface Session {
  readonly url: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Stops the server; visited pages must keep working without it. */
  stopServer(): void;
  close(): Promise<void>;
}

export interface SessionOptions {
  readonly port?: number;
  readonly switches?: readonly string[];
  /** A profile to reuse; a fresh one by default. */
  readonly profile?: string;
  readonly serve?: boolean;
}

/**
 * Another checkout's build may be served on this port: concurrent benchmarks need different ones.
 */
const PORT = Number(process.env.AKIN_BENCH_PORT ?? 4290);

/** The production build in a real browser with a persistent profile. */
export async function startSession(options: SessionOptions = {}): Promise<Session> {
  const { port = PORT, switches = [], serve = true } = options;
  if (!existsSync('dist/index.html')) throw new Error('There is no build: run `npm run build`.');
  const url = `http://localhost:${port}/`;
  const server = serve ? await startServer(port, url) : null;
  const context = await chromium.launchPersistentContext(
    options.profile ?? mkdtempSync(join(tmpdir(), 'akin-bench-')),
    {
      executablePath: findBrowser(),
      args: [...quietSwitches, ...switches],
      viewport: { width: 1280, height: 800 },
    },
  );
  // The loader of these scripts wraps named functions in a helper that the page doesn't have.
  await context.addInitScript('globalThis.__name = (named) => named;');
  const page = context.pages()[0] ?? (await context.newPage());
  return {
    url,
    context,
    page,
    stopServer: () => server?.kill(),
    close: async () => {
      await context.close();
      server?.kill();
    },
  };
}

/** Serves the build until killed. */
export async function startServer(port: number, url: string): Promise<ChildProcess> {
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'preview', '--port', String(port), '--strictPort'];
  const server = spawn(process.execPath, args, { stdio: 'ignore' });
  for (let tries = 0; tries < 1_200; tries++) {
    if (
      await fetch(url).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return server;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  server.kill();
  throw new Error(`The server did not answer at ${url}.`);
}

/** Opens the app and waits until its library is searchable. */
export async function openApp(session: Session): Promise<void> {
  await session.page.goto(session.url);
  await session.page.waitForFunction(() => window.akin !== undefined);
  await session.page.evaluate(() => window.akin?.ready());
}

export interface Imported {
  readonly imported: readonly number[];
  readonly duplicates: readonly number[];
  readonly failed: readonly number[];
}

/** Imports local files through a file input, as a user would. */
export async function importPaths(page: Page, paths: readonly string[]): Promise<Imported> {
  const input = await page.evaluateHandle(() => {
    const element = document.createElement('input');
    element.type = 'file';
    element.multiple = true;
    return element;
  });
  await input.setInputFiles([...paths]);
  const report = await input.evaluate((element) => {
    if (!window.akin) throw new Error('Akin is not on this page.');
    return window.akin.importFiles([...(element.files ?? [])]);
  });
  await input.dispose();
  return report;
}
