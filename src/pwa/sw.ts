/// <reference lib="webworker" />
import { cleanupOutdatedCaches, PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { NavigationRoute, Route, Router } from 'workbox-routing';
import { ASK_VERSION } from './askVersion.ts';
import { type LazyGroup, lazyFile, lazyFileOf, sumOf } from './lazyFiles.ts';
import { withSecurityHeaders } from './securityHeaders.ts';

declare const self: ServiceWorkerGlobalScope & {
  /** Injected by the build: every file of the app with its revision. */
  readonly __WB_MANIFEST: readonly (
    | string
    | { readonly url: string; readonly revision: string | null }
  )[];
};

// Precache everything on the first visit, including models and kernels, since Akin must work
// offline. Updates don't refetch files with an unchanged revision.
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

/** Models and decoders most users never need: see `lazyFiles.ts`. */
router.registerRoute(
  new Route(
    ({ url }) => lazyFileOf(url.href, scope) !== null,
    async ({ request, url }) => {
      const { path, group } = lazyFileOf(url.href, scope) as { path: string; group: LazyGroup };
      const manifest = await kept.matchPrecache('models/manifest.json');
      const sum = sumOf(await manifest?.json().catch(() => null), path);
      // It can't be verified here, so don't cache it; its loader verifies it again.
      if (!sum) return fetch(request);
      return lazyFile(`${url.origin}${url.pathname}`, {
        sum,
        cache: await caches.open(group.cache),
        fetch: (cache) => fetch(request, { cache }),
      });
    },
  ),
);

// A tab still running the previous version requests its own scripts, which the host has replaced.
const PREVIOUS = 'akin-previous';
router.registerRoute(
  new Route(
    ({ url }) => url.pathname.includes('/assets/'),
    async ({ request }) =>
      (await (await caches.open(PREVIOUS)).match(request, { ignoreVary: true })) ?? fetch(request),
  ),
);

// Every same-origin response passes through here, cached or not, and gets this version's headers,
// whatever the host sends and whenever it was cached.
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(`${self.location.origin}/`)) return;
  if (request.cache === 'only-if-cached' && request.mode !== 'same-origin') return;
  const answer = router.handleRequest({ request, event }) ?? fetch(request);
  event.respondWith(answer.then(withSecurityHeaders));
});

/** Keeps the running version's scripts, which are deleted when this version takes over. */
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

// On the first visit there is no older version to respect, so take control of the page at once.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** Identifies the build: all files with their revisions. */
const version = JSON.stringify(files);
self.addEventListener('message', (event: ExtendableMessageEvent) => {
  if ((event.data as { type?: unknown } | null)?.type === ASK_VERSION)
    event.ports[0]?.postMessage(version);
});

// A new version waits until the user accepts it, so it never interrupts an import or a search.
self.addEventListener('message', (event: ExtendableMessageEvent) => {
  if ((event.data as { type?: unknown } | null)?.type !== 'SKIP_WAITING') return;
  // If the quota is exceeded, old tabs are prompted to reload, as they are anyway.
  event.waitUntil(
    keepPrevious()
      .catch(() => {})
      .then(() => self.skipWaiting()),
  );
});
