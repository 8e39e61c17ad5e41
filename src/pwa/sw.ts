/// <reference lib="webworker" />
import { cleanupOutdatedCaches, PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, Route, Router } from 'workbox-routing';
import { ASK_VERSION } from './askVersion.ts';
import { type LazyGroup, lazyFile, lazyFileOf, sumOf } from './lazyFiles.ts';
import { withSecurityHeaders } from './securityHeaders.ts';

declare const self: ServiceWorkerGlobalScope & {
  /** Written in by the build: every file of the app with its revision. */
  readonly __WB_MANIFEST: readonly (
    | string
    | { readonly url: string; readonly revision: string | null }
  )[];
};

// Everything is kept from the first visit on, models and kernels too: Akin must work in a tunnel.
// Files whose revision did not change are not fetched again when the app is updated.
const files = self.__WB_MANIFEST;
const { scope } = self.registration;
const kept = new PrecacheController();
kept.addToCacheList([...files]);
self.addEventListener('install', kept.install);
self.addEventListener('activate', kept.activate);
cleanupOutdatedCaches();

const router = new Router();
router.registerRoute(new PrecacheRoute(kept));
router.registerRoute(new NavigationRoute(kept.createHandlerBoundToURL('index.html')));

/** Nets and decoders that most people never need: see `lazyFiles.ts`. */
router.registerRoute(
  new Route(
    ({ url }) => lazyFileOf(url.href, scope) !== null,
    async ({ request, url }) => {
      const { path, group } = lazyFileOf(url.href, scope) as { path: string; group: LazyGroup };
      const manifest = await kept.matchPrecache('models/manifest.json');
      const sum = sumOf(await manifest?.json().catch(() => null), path);
      // It can't be checked here, so it is not kept; what loads it checks it again.
      if (!sum) return fetch(request);
      return lazyFile(`${url.origin}${url.pathname}`, {
        sum,
        cache: await caches.open(group.cache),
        fetch: (cache) => fetch(request, { cache }),
      });
    },
  ),
);

// A tab that still runs the version before asks for its own scripts, which the host has replaced.
const PREVIOUS = 'akin-previous';
router.registerRoute(
  new Route(
    ({ url }) => url.pathname.includes('/assets/'),
    async ({ request }) =>
      (await (await caches.open(PREVIOUS)).match(request, { ignoreVary: true })) ?? fetch(request),
  ),
);

// Every answer of this origin goes through here, also those that are not kept: the headers are those of
// this version, whatever the host sends and whenever the answer was kept.
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(`${self.location.origin}/`)) return;
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
  const answer = router.handleRequest({ request, event }) ?? fetch(request);
  event.respondWith(answer.then(withSecurityHeaders));
});

/** Keeps the scripts of the version that runs, which are deleted when this one takes over. */
async function keepPrevious(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.includes('-precache-'));
  await caches.delete(PREVIOUS);
  const previous = await caches.open(PREVIOUS);
  const mine = new Set(
    files.map((file) => new URL(typeof file === 'string' ? file : file.url, scope).href),
  );
  for (const name of names) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const url = request.url.split('?')[0] ?? '';
      if (!url.includes('/assets/') || mine.has(url)) continue;
      const response = await cache.match(request);
      if (response) await previous.put(url, response);
    }
  }
}

// The first visit has no older version to be polite to, so it is served from here at once.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** Tells builds apart: all files with their revisions. */
const version = JSON.stringify(files);
self.addEventListener('message', (event: ExtendableMessageEvent) => {
  if ((event.data as { type?: unknown } | null)?.type === ASK_VERSION)
    event.ports[0]?.postMessage(version);
});

// A new version waits until the person takes it: an import or a search is never cut off.
self.addEventListener('message', (event: ExtendableMessageEvent) => {
  if ((event.data as { type?: unknown } | null)?.type !== 'SKIP_WAITING') return;
  // Without room to keep them the old tabs are asked to reload, as they are anyway.
  event.waitUntil(
    keepPrevious()
      .catch(() => {})
      .then(() => self.skipWaiting()),
  );
});
