/// <reference lib="webworker" />
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & {
  /** Written in by the build: every file of the app with its revision. */
  readonly __WB_MANIFEST: { readonly url: string; readonly revision: string | null }[];
};

// Everything is kept from the first visit on, models and kernels too: Akin must work in a tunnel.
// Files whose revision did not change are not fetched again when the app is updated.
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('index.html')));

// The first visit has no older version to be polite to, so it is served from here at once.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// A new version waits until the person takes it: an import or a search is never cut off.
self.addEventListener('message', (event: ExtendableMessageEvent) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
