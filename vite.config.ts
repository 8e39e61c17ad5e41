import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { VitePWA } from 'vite-plugin-pwa';
import { defineConfig } from 'vitest/config';
import { separateEntries } from './scripts/entries.ts';
import { LAZY_GROUPS } from './src/pwa/lazyFiles.ts';
import { contentSecurityPolicy, metaPolicy, securityHeaders } from './src/pwa/securityHeaders.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

/** As a request of the service worker has it: the browser refuses an answer that is something else. */
const integrityOf = (url: string): string =>
  `sha256-${createHash('sha256')
    .update(readFileSync(join('dist', url)))
    .digest('base64')}`;

/** TF.js's wasm and the weights are larger than Workbox's default limit, and needed offline. */
const LARGEST_CACHED_BYTES = 16 * 2 ** 20;

/**
 * Tests of calculations, which share no state: they load modules once per thread instead of once
 * per file, which takes most of their time.
 */
const PURE_TESTS = ['base', 'identity', 'protocol', 'query', 'rpc', 'ui/pure'].map(
  (folder) => `src/${folder}/**/*.test.ts`,
);

/** Tests that set the time zone, which a thread can't. */
const ZONE_TESTS = ['src/workers/dates/photoDate.test.ts'];

export default defineConfig(({ command }) => ({
  define: { 'import.meta.env.VITE_AKIN_VERSION': JSON.stringify(version) },
  plugins: [
    react(),
    separateEntries(),
    {
      // Hosts that send no headers of their own still get the policy.
      name: 'akin-csp',
      transformIndexHtml: {
        order: 'pre',
        handler: () =>
          command === 'build'
            ? [
                {
                  tag: 'meta',
                  attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy },
                  injectTo: 'head-prepend',
                },
              ]
            : [],
      },
    },
    {
      // The credits go with the app, as the licences of what it ships ask for.
      name: 'akin-credits',
      generateBundle() {
        const source = `${readFileSync('docs/credits.md', 'utf8')}\n---\n\n${readFileSync('LICENSE', 'utf8')}`;
        this.emitFile({ type: 'asset', fileName: 'credits.txt', source });
      },
    },
    VitePWA({
      strategies: 'injectManifest',
      srcDir: 'src/pwa',
      filename: 'sw.ts',
      injectRegister: false,
      registerType: 'prompt',
      injectManifest: {
        globPatterns: [
          '**/*.{js,css,html,svg,png,wasm,webmanifest,txt}',
          'models/**/*.{json,bin,wasm}',
          'samples/*',
        ],
        // Fetched when they are needed, and kept from then on.
        globIgnores: LAZY_GROUPS.flatMap(({ folders }) =>
          folders.map((name) => `models/${name}/**`),
        ),
        maximumFileSizeToCacheInBytes: LARGEST_CACHED_BYTES,
        // What is not the file that was built is not kept: the network may answer with a page to log in.
        manifestTransforms: [
          (entries) => ({
            manifest: entries.map((entry) => ({ ...entry, integrity: integrityOf(entry.url) })),
          }),
        ],
      },
      manifest: {
        name: 'Akin',
        short_name: 'Akin',
        description: 'Find similar photos and the people in them, right on your device.',
        display: 'standalone',
        theme_color: '#faf9f7',
        background_color: '#faf9f7',
        categories: ['photo', 'utilities', 'productivity'],
        icons: [
          { src: 'icons/icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icons/icon-512.png', sizes: '512x512', type: 'image/png' },
          {
            src: 'icons/maskable-192.png',
            sizes: '192x192',
            type: 'image/png',
            purpose: 'maskable',
          },
          {
            src: 'icons/maskable-512.png',
            sizes: '512x512',
            type: 'image/png',
            purpose: 'maskable',
          },
        ],
      },
    }),
  ],
  worker: { format: 'es', plugins: () => [separateEntries()] },
  build: {
    target: 'es2023',
    rolldownOptions: {
      output: {
        codeSplitting: {
          // What the page loads first, so that later chunks find it there and not in the entry.
          groups: [
            { name: 'app', tags: ['$initial'], test: (id) => !/(main\.tsx|\.html)/.test(id) },
          ],
        },
      },
    },
    manifest: true,
    license: { fileName: 'licences.txt' },
    // The size budget counts chunks; a preload polyfill would be one more inline script.
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    // An inlined wasm file would be a data: address, which connect-src refuses.
    assetsInlineLimit: 0,
  },
  // Another port would be another origin, with another library: better to say that it is taken.
  preview: { port: 4173, strictPort: true, headers: securityHeaders(contentSecurityPolicy) },
  server: { headers: securityHeaders(null) },
  test: {
    environment: 'node',
    // Threads start in half the time of processes.
    pool: 'threads',
    projects: [
      { extends: true, test: { name: 'pure', include: PURE_TESTS, isolate: false } },
      {
        extends: true,
        test: {
          name: 'isolated',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: [...PURE_TESTS, ...ZONE_TESTS],
        },
      },
      { extends: true, test: { name: 'time zone', include: ZONE_TESTS, pool: 'forks' } },
    ],
    // A limit for what hangs, on a busy machine too.
    testTimeout: 30_000,
    // One thread for each core: Vitest would leave one idle, which on two cores is half of them.
    maxWorkers: availableParallelism(),
  },
}));
