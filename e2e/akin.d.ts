interface Window {
  /** The engine's console API; see `docs/api.md`. */
  akin?: import('../src/engine/api.ts').Akin;
}
