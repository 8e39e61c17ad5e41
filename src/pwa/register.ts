import { Workbox } from 'workbox-window';

/** The offer of a new version, and whether Akin can do without the network already. */
export interface Update {
  /** A new version is downloaded and waits. */
  readonly ready: boolean;
  /** Everything Akin needs is kept on this device. */
  readonly offlineReady: boolean;
  /** Takes the new version: it reloads the page. */
  apply(): void;
}

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
  workbox.addEventListener('waiting', () => change({ ready: true }));
  workbox.addEventListener('activated', () => change({ offlineReady: true }));
  workbox.addEventListener('controlling', () => {
    if (applied) window.location.reload();
    // Taken by another tab: this one runs the old version, whose files are going.
    else if (hadController) change({ ready: true });
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
