import type { Akin } from './api.ts';

declare global {
  interface Window {
    /** The engine, for the console, tests and scripts: see `docs/api.md`. */
    akin?: Akin;
  }
}

/** Exposes the facade on the console. It can do exactly what the page can do. */
export function exposeOnConsole(akin: Akin): void {
  window.akin = akin;
}
