import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { ModelFiles } from '../models.ts';

/** What a backend's own module makes: the TF.js backend, and how its loss is learnt. */
export interface StartedBackend {
  readonly backend: KernelBackend;
  /** Said after "It runs": on what. */
  readonly detail: string;
  /** Resolves, with why, when the graphics device is lost. Never for WASM and CPU. */
  readonly lost: Promise<string>;
  /** Frees what `KernelBackend.dispose` leaves. */
  readonly stop: () => void;
}

export interface StartOptions {
  /** Forced backends may use a software renderer; chosen ones would be slower than WASM there. */
  readonly forced: boolean;
  readonly files: ModelFiles;
}

/** Why a backend does not run here, in words for the person. */
export class Unavailable extends Error {}
