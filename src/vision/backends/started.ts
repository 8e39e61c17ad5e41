import type { KernelBackend } from '@tensorflow/tfjs-core';
import type { BackendReason } from '../../base/backends.ts';
import type { ModelFiles } from '../models.ts';

/** A started backend: the TF.js backend and how its loss is reported. */
export interface StartedBackend {
  readonly backend: KernelBackend;
  /** The device it runs on, if the browser reveals it. */
  readonly device?: string;
  /** Whether it lacks the acceleration available elsewhere. */
  readonly slow?: boolean;
  /** Resolves with the reason when the graphics device is lost. Never for WASM and CPU. */
  readonly lost: Promise<string>;
  /** Frees what `KernelBackend.dispose` does not. */
  readonly stop: () => void;
}

export interface StartOptions {
  /**
   * Whether the user forced this backend: only then may it use a software renderer, which is slower
   * than WASM.
   */
  readonly forced: boolean;
  readonly files: ModelFiles;
}

/** Why a backend does not run here. */
export class Unavailable extends Error {
  readonly reason: BackendReason;

  constructor(reason: BackendReason) {
    super(reason.detail ?? reason.code);
    this.reason = reason;
  }
}
