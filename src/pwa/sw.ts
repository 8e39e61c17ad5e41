/// <reference lib="webworker" />
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

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
precacheAndRoute(files);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html')));

// The nets of faces are not among them, as most people leave faces off. They are kept once they were
// fetched, and fetched again when there is a connection, since nothing here tells their version: what
// loads them compares their sums with the manifest.
const FACE_NETS = 'akin-face-nets';
registerKeptOnceUsed(FACE_NETS, /\/models\/(blazeface|facemesh|face_recognition_model)\//);

// So it is with what decodes HEIC pictures, which many people have none of.
const HEIC_DECODER = 'akin-heic-decoder';
registerKeptOnceUsed(HEIC_DECODER, /\/models\/libheif\//);

function registerKeptOnceUsed(name: string, paths: RegExp): void {
  registerRoute(
    ({ sameOrigin, url }) => sameOrigin && paths.test(url.pathname),
    async ({ request }) => {
      const cache = await caches.open(name);
      try {
        const response = await fetch(request);
        if (response.ok) await cache.put(request, response.clone());
        return response;
      } catch (thrown) {
        const kept = await cache.match(request, { ignoreVary: true });
        if (kept) return kept;
        throw thrown;
      }
    },
  );
}

// A tab that still runs the version before asks for its own scripts, which the host has replaced.
const PREVIOUS = 'akin-previous';
registerRoute(
  ({ sameOrigin, url }) => sameOrigin && url.pathname.includes('/assets/'),
  async ({ request }) =>
    (await (await caches.open(PREVIOUS)).match(request, { ignoreVary: true })) ?? fetch(request),
);

/** Keeps the scripts of the version that runs, which are deleted when this one takes over. */
async function keepPrevious(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.includes('-precache-'));
  await caches.delete(PREVIOUS);
  const previous = await caches.open(PREVIOUS);
  const mine = new Set(
    files.map(
      (file) => new URL(typeof file === 'string' ? file : file.url, self.registration.scope).href,
    ),
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
