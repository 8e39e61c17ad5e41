import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { build, type PreviewServer, preview } from 'vite';
import { contentSecurityPolicy, securityHeaders } from '../../src/pwa/securityHeaders.ts';
import { findBrowser, quietSwitches } from '../browser.ts';

const here = dirname(fileURLToPath(import.meta.url));

/** Serves the photos and receives their features; the worker requests nothing else. */
function exchange(
  photos: readonly Buffer[],
  nets: readonly string[],
  dims: number,
  take: (index: number, features: Float32Array<ArrayBuffer>) => void,
) {
  return async (request: IncomingMessage, response: ServerResponse, next: () => void) => {
    const path = request.url ?? '';
    const index = Number(/^\/(?:photos|taps)\/(\d+)$/.exec(path)?.[1] ?? Number.NaN);
    if (path === '/photos/nets') response.end(JSON.stringify({ nets, count: photos.length }));
    else if (path.startsWith('/photos/') && photos[index]) response.end(photos[index]);
    else if (path.startsWith('/taps/') && photos[index]) {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const bytes = Uint8Array.from(Buffer.concat(parts));
      if (bytes.length !== 4 * dims) throw new Error(`${bytes.length} bytes of taps`);
      take(index, new Float32Array(bytes.buffer));
      if (index % 100 === 99) console.error(`${index + 1} of ${photos.length} photos`);
      response.end();
    } else next();
  };
}

async function drive(server: PreviewServer): Promise<string> {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: [...quietSwitches, '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    page.on('console', (message) => console.log(message.text()));
    await page.goto(server.resolvedUrls!.local[0]!);
    const outcome = await page.waitForFunction(
      () => (window as { outcome?: string }).outcome,
      undefined,
      { timeout: 3_600_000 },
    );
    return String(await outcome.jsonValue());
  } finally {
    await browser.close();
  }
}

/**
 * Pooled features of photos from some models in turn, computed by the app's own pipeline in a real
 * browser.
 *
 * @param photos image files
 * @param nets models to run on each
 * @param dims total number of values per photo
 * @param take receives `dims` values for each photo's index
 */
export async function tapsOf(
  photos: readonly Buffer[],
  nets: readonly string[],
  dims: number,
  root: string,
  take: (index: number, features: Float32Array<ArrayBuffer>) => void,
): Promise<void> {
  const outDir = mkdtempSync(join(tmpdir(), 'akin-fit-'));
  const config = {
    root: join(here, 'browser'),
    publicDir: join(root, 'public'),
    configFile: false,
    logLevel: 'warn',
  } as const;
  let server: PreviewServer | undefined;
  try {
    await build({ ...config, worker: { format: 'es' }, build: { outDir, emptyOutDir: true } });
    server = await preview({
      ...config,
      build: { outDir },
      preview: {
        port: 0,
        host: '127.0.0.1',
        // Headers as in production, so that threads start, under the same policy.
        headers: securityHeaders(contentSecurityPolicy),
      },
      plugins: [
        {
          name: 'photos-and-taps',
          configurePreviewServer: ({ middlewares }) => {
            middlewares.use(exchange(photos, nets, dims, take));
          },
        },
      ],
    });
    const outcome = await drive(server);
    if (!outcome.startsWith('done')) throw new Error(outcome);
    console.error(outcome);
  } finally {
    await server?.close();
    rmSync(outDir, { recursive: true, force: true });
  }
}
