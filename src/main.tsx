import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createAkin, exposeOnConsole, Subject } from './engine/index.ts';
import { registerServiceWorker, type Update } from './pwa/register.ts';
import { App } from './ui/app.tsx';
import { startLanguage } from './ui/text/language.ts';
import { t } from './ui/text/t.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

await startLanguage();
if (window.top !== window) {
  // Clickjacking protection for hosts that don't send the header: clicks on a framing page would
  // land here.
  root.textContent = t('app.framed');
} else if (window.isSecureContext) start(root);
else {
  // Outside a secure context there are no Web Locks, no SubtleCrypto and no service worker.
  root.textContent = t('app.insecure', { origin: location.origin });
}

function start(target: HTMLElement): void {
  const akin = createAkin(import.meta.env.BASE_URL);
  exposeOnConsole(akin);

  const update = new Subject<Update>({ ready: false, offlineReady: false, apply: () => {} });
  if (import.meta.env.PROD) {
    registerServiceWorker(`${import.meta.env.BASE_URL}sw.js`, (state) => update.set(state));
  }

  // In the back/forward cache, Akin's workers have ended.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });

  createRoot(target).render(
    <StrictMode>
      <App akin={akin} update={update} />
    </StrictMode>,
  );
}
