interface Window {
  /** The engine that the page puts on its console: `docs/api.md`. */
  akin?: import('../src/engine/api.ts').Akin;
}
