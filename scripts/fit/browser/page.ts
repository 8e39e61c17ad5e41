import { trustOwnScripts } from '../../../src/rpc/trustedScripts.ts';

/** Starts the worker and leaves its last word where the script that drives the browser looks for it. */
declare global {
  interface Window {
    outcome?: string;
  }
}

trustOwnScripts();
const worker = new Worker(new URL('./taps.worker.ts', import.meta.url), { type: 'module' });
worker.addEventListener('message', ({ data }: MessageEvent<string>) => {
  window.outcome = data;
});
worker.addEventListener('error', ({ message }) => {
  window.outcome = `failed: ${message}`;
});
