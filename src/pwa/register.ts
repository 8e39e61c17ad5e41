import { Workbox } from 'workbox-window';
import { ASK_VERSION } from './askVersion.ts';

/** Whether an update is available, and whether Akin works offline yet. */
export interface Update {
  /** A new version is downloaded and waiting. */
  readonly ready: boolean;
  /** Everything Akin needs is cached on this device. */
  readonly offlineReady: boolean;
  /** Activates the new version and reloads the page. */
  apply(): void;
}

/** Timeout in milliseconds, since older service workers never answer a version request. */
const ANSWER_MS = 3_000;

/** Interval between update checks while a tab stays open, in milliseconds: an hour. */
const LOOK_MS = 60 * 60 * 1000;

/**
 * Registers the service worker and reports its state through `onChange`. Does nothing if there is
 * none, as in development; Akin then only lacks offline use.
 */
export function registerServiceWorker(url: string, onChange: (update: Update) => void): void {
  if (!('serviceWorker' in navigator)) return;
  const workbox = new Workbox(url);
  let registered: ServiceWorkerRegistration | undefined;
  let applied = false;
  let state = { ready: false, offlineReady: navigator.serviceWorker.controller !== null };
  const hadController = state.offlineReady;
  /** The version this page was loaded from, as reported by its first service worker. */
  let own = versionOf(navigator.serviceWorker.controller);
  /**
   * After the browser has deleted the site's data, the same version is installed again: no update.
   */
  const isNew = async (worker: ServiceWorker | null | undefined) => {
    const [mine, theirs] = await Promise.all([own, versionOf(worker)]);
    return mine === null || mine !== theirs;
  };
  const apply = () => {
    if (applied) return;
    applied = true;
    // If another tab has already activated the new version, only a reload is left to do.
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
    // Activated by another tab: this tab runs the old version, whose files are about to be deleted.
    if (hadController && controller && (await isNew(controller))) change({ ready: true });
  });
  change({});
  workbox
    .register()
    .then((registration) => {
      registered = registration;
      if (registration) setInterval(() => void registration.update().catch(() => {}), LOOK_MS);
    })
    // Private windows and some embedded browsers refuse; the app works without it.
    .catch(() => {});
}

/** The version a service worker serves; `null` if it doesn't answer. */
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
