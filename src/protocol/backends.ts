import type { BackendCandidate, BackendName } from '../base/backends.ts';

export type { BackendCandidate, BackendName, BackendReason } from '../base/backends.ts';

export interface BackendReport {
  readonly active: BackendName;
  /** The user's choice; `auto` takes the first available backend. */
  readonly choice: BackendName | 'auto';
  readonly candidates: readonly BackendCandidate[];
}

export interface EngineStatus {
  readonly backend: BackendName | null;
  /** Live TF.js tensors; equal before and after an import. */
  readonly tensors: number | null;
}
