/** The TensorFlow.js backends in probing order, best first. */
export const backendNames = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

/**
 * Why a backend runs, or doesn't.
 *
 * - `runs`: on the device named, if the browser reports it; `slow` if the faster code can't run
 * - `other-chosen`, `faster-runs`: not tried, because of `by`
 * - `failed-before`: earlier in this session
 * - `unsupported`: the browser lacks it
 * - `no-adapter`, `software`: no graphics adapter, or one slower than WebAssembly
 * - `no-device`, `device-lost`, `wrong-result`, `not-started`: tried; `detail` is the browser's
 *   message
 */
export interface BackendReason {
  readonly code:
    | 'runs'
    | 'other-chosen'
    | 'faster-runs'
    | 'failed-before'
    | 'unsupported'
    | 'no-adapter'
    | 'software'
    | 'no-device'
    | 'device-lost'
    | 'wrong-result'
    | 'not-started';
  readonly device?: string;
  readonly slow?: boolean;
  readonly by?: BackendName;
  readonly detail?: string;
}

/** Result of probing one backend. */
export interface BackendCandidate {
  readonly name: BackendName;
  /** `null`: not tried, because a better one, or the chosen one, already runs. */
  readonly available: boolean | null;
  readonly reason: BackendReason;
}
