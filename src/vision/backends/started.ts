import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { BackendReason } from '../../base/backends.ts';
import type { ModelFiles } from '../models.ts';

/** What a backend's own module makes: the TF.js backend, and how its loss is learnt. */
export interface StartedBackend {
  readonly backend: KernelBackend;
  /** What it runs on, where the browser tells it. */
  readonly device?: string;
  /** Whether it runs without what makes it fast elsewhere. */
  readonly slow?: boolean;
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

/** A backend does not run here, and why. */
export class Unavailable extends Error {
  readonly reason: BackendReason;

  constructor(reason: BackendReason) {
    super(reason.detail ?? reason.code);
    this.reason = reason;
  }
}
