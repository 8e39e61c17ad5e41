import { Workbox } from 'workbox-window';
import { ASK_VERSION } from './askVersion.ts';

/** The offer of a new version, and whether Akin can do without the network already. */
export interface Update {
  /** A new version is downloaded and waits. */
  readonly ready: boolean;
  /** Everything Akin needs is kept on this device. */
  readonly offlineReady: boolean;
  /** Takes the new version: it reloads the page. */
  apply(): void;
}

/** A service worker from before it could say its version never answers, in milliseconds. */
const ANSWER_MS = 3_000;

/** An hour between looks for a new version while a tab stays open, in milliseconds. */
const LOOK_MS = 60 * 60 * 1000;

/**
 * Registers the service worker and tells of its state through `onChange`. Does nothing where there
 * is none, as in development. Akin works without one; only not offline.
 */
export function registerServiceWorker(url: string, onChange: (update: Update) => void): void {
  if (!('serviceWorker' in navigator)) return;
  const workbox = new Workbox(url);
  let registered: ServiceWorkerRegistration | undefined;
  let applied = false;
  let state = { ready: false, offlineReady: navigator.serviceWorker.controller !== null };
  const hadController = state.offlineReady;
  /** The version that this page was loaded from, as far as its first service worker says. */
  let own = versionOf(navigator.serviceWorker.controller);
  /** Where the browser has deleted the site's data, the same version is installed again: no news. */
  const isNew = async (worker: ServiceWorker | null | undefined) => {
    const [mine, theirs] = await Promise.all([own, versionOf(worker)]);
    return mine === null || mine !== theirs;
  };
  const apply = () => {
    if (applied) return;
    applied = true;
    // Another tab may have taken the new version already; then a reload is all there is to do.
    if (registered?.waiting) workbox.messageSkipWaiting();
    else window.location.reload();
  };
  const change = (news: Partial<typeof state>) => {
    state = { ...state, ...news };
    onChange({ ...state, apply });
  };
  workbox.addEventListener('waiting', async ({ sw }) => {
    if (await isNew(sw)) change({ ready: true });
    else workbox.messageSkipWaiting();
  });
  workbox.addEventListener('activated', ({ sw }) => {
    if (!hadController) own = versionOf(sw);
    change({ offlineReady: true });
  });
  workbox.addEventListener('controlling', async () => {
    if (applied) return window.location.reload();
    const { controller } = navigator.serviceWorker;
    // Taken by another tab: this one runs the old version, whose files are going.
    if (hadController && controller && (await isNew(controller))) change({ ready: true });
  });
  change({});
  workbox
    .register()
    .then((registration) => {
      registered = registration;
      if (registration) setInterval(() => void registration.update().catch(() => {}), LOOK_MS);
    })
    // Private windows and some embedded browsers refuse; the app is whole without it.
    .catch(() => {});
}

/** The version that a service worker serves; `null` where it does not say. */
async function versionOf(worker: ServiceWorker | null | undefined): Promise<string | null> {
  if (!worker) return null;
  const { port1, port2 } = new MessageChannel();
  try {
    return await new Promise<string | null>((resolve) => {
      setTimeout(() => resolve(null), ANSWER_MS);
      port1.onmessage = ({ data }: MessageEvent<unknown>) =>
        resolve(typeof data === 'string' ? data : null);
      worker.postMessage({ type: ASK_VERSION }, [port2]);
    });
  } finally {
    port1.close();
  }
}
