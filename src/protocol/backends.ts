export type BackendName = 'webgpu' | 'webgl' | 'wasm' | 'cpu';

export interface BackendCandidate {
  readonly name: BackendName;
  /** `null`: not tried, because a better one (or the one asked for) already runs. */
  readonly available: boolean | null;
  /** In plain words: what runs, or why it does not. */
  readonly reason: string;
}

export interface BackendReport {
  readonly active: BackendName;
  /** What the user asked for; `auto` takes the first that is available. */
  readonly choice: BackendName | 'auto';
  readonly candidates: readonly BackendCandidate[];
}

export interface EngineStatus {
  readonly backend: BackendName | null;
  /** Live tensors of TF.js; the same before and after an import. */
  readonly tensors: number | null;
}
