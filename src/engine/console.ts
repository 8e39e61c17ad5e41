import type { Akin } from './api.ts';

declare global {
  interface Window {
    /** The engine, for the console, for tests and for whoever builds on Akin: `docs/api.md`. */
    akin?: Akin;
  }
}

/** Puts the facade on the console. It can do what the page can do, and no more. */
export function exposeOnConsole(akin: Akin): void {
  window.akin = akin;
}
