import type { BackendCandidate, BackendName } from '../base/backends.ts';

export type { BackendCandidate, BackendName, BackendReason } from '../base/backends.ts';

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
