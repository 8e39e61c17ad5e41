import { trustOwnScripts } from '../../../src/rpc/trustedScripts.ts';

/** Starts the worker and stores its final message for the script that drives the browser. */
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
