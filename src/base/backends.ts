/** The TensorFlow.js backends, best first: the order in which they are probed. */
export const backendNames = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof backendNames)[number];

/**
 * What runs, or why it doesn't.
 *
 * - `runs`: on the device named, where the browser tells it; `slow` where faster code can't run
 * - `other-chosen`, `faster-runs`: not tried, for the sake of `by`
 * - `failed-before`: earlier in this session
 * - `unsupported`: the browser has none of it
 * - `no-adapter`, `software`: no graphics adapter, or one that is slower than WebAssembly
 * - `no-device`, `device-lost`, `wrong-result`, `not-started`: it was tried; `detail` is what the
 *   browser said
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

/** What the probe found out about one backend. */
export interface BackendCandidate {
  readonly name: BackendName;
  /** `null`: not tried, because a better one (or the one asked for) already runs. */
  readonly available: boolean | null;
  readonly reason: BackendReason;
}
