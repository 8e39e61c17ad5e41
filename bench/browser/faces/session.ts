import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { build, type PreviewServer, preview } from 'vite';
import { findBrowser, quietSwitches } from '../../../scripts/browser.ts';
import type { Box } from '../../../src/base/boxes.ts';
import { contentSecurityPolicy, securityHeaders } from '../../../src/pwa/securityHeaders.ts';
import type { Point } from '../../../src/vision/faces/align/geometry.ts';
import type { BackendName } from '../../../src/vision/types.ts';
import type { LookJob, LookReport, OpenedReport, SeenFace, ShrinkReport } from './contract.ts';

const root = join(import.meta.dirname, '../../..');

const switches: Partial<Record<BackendName, string[]>> = {
  webgpu: [
    '--enable-unsafe-webgpu',
    '--enable-features=Vulkan',
    '--use-webgpu-adapter=swiftshader',
  ],
};

export interface FacesSession extends OpenedReport {
  /** Runs the app's face pipeline on one photo. */
  look(path: string, job?: Partial<Omit<LookJob, 'url'>>): Promise<LookReport>;
  /** Describes the face in a manually drawn box, in fractions of the photo's sides. */
  describe(path: string, box: Box): Promise<SeenFace>;
  /** Difference between the pipeline's downscaling and an exact area filter. */
  shrink(path: string, longSide: number): Promise<ShrinkReport>;
  /** Encodes a face's chip as an image. */
  chip(path: string, points: readonly Point[]): Promise<{ bytes: number; type: string }>;
  close(): Promise<void>;
}

/** Builds the benchmark page, serves it with the models and opens it in Chromium. */
export async function openFaces(backend: BackendName, port = 4293): Promise<FacesSession> {
  const folder = mkdtempSync(join(tmpdir(), 'akin-faces-'));
  const outDir = join(folder, 'page');
  const photos: string[] = [];
  const shared = { configFile: false, root: import.meta.dirname, logLevel: 'warn' } as const;
  await build({
    ...shared,
    publicDir: join(root, 'public'),
    worker: { format: 'es' },
    build: { target: 'es2023', outDir, assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  });
  const urlOf = (path: string): string => `/photos/${photos.push(path) - 1}`;
  const servePhotos = (server: PreviewServer) => {
    server.middlewares.use('/photos/', (request, response) => {
      const path = photos[Number(request.url?.slice(1))];
      if (path === undefined) response.statusCode = 404;
      response.end(path === undefined ? '' : readFileSync(path));
    });
  };
  const server = await preview({
    ...shared,
    plugins: [{ name: 'akin-photos', configurePreviewServer: servePhotos }],
    build: { outDir },
    preview: { port, strictPort: true, headers: securityHeaders(contentSecurityPolicy) },
  });
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: [...quietSwitches, ...(switches[backend] ?? ['--disable-gpu'])],
  });
  const close = async (): Promise<void> => {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const page = await browser.newPage();
    await page.goto(`http://localhost:${port}/`);
    await page.waitForFunction(() => window.faces !== undefined);
    const opened = await page.evaluate(
      (name) => window.faces!.call('open', [name, new URL('/models/', location.href).href]),
      backend,
    );
    return {
      ...opened,
      close,
      describe: (path, box) =>
        page.evaluate(([url, drawn]) => window.faces!.call('describe', [url, drawn]), [
          urlOf(path),
          box,
        ] as const),
      shrink: (path, longSide) =>
        page.evaluate(([url, side]) => window.faces!.call('shrink', [url, side]), [
          urlOf(path),
          longSide,
        ] as const),
      chip: (path, points) =>
        page.evaluate(([url, five]) => window.faces!.call('chip', [url, five]), [
          urlOf(path),
          points,
        ] as const),
      look: (path, { quarterTurns = 0, megapixels = 0 } = {}) => {
        const url = urlOf(path);
        return page.evaluate((job) => window.faces!.call('look', [job]), {
          url,
          quarterTurns,
          megapixels,
        });
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
