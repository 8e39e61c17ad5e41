import type { BackendName } from '../../protocol/index.ts';

/** More are no faster: decoding and the page need cores, too. */
const MOST = 4;
/** Memory, in GB as rounded by `navigator.deviceMemory`, below which each worker weighs heavily. */
const ROOMY_GB = 8;
const MOST_CRAMPED = 2;

export interface Machine {
  readonly cores: number;
  /** `undefined` if the browser doesn't say, as in Firefox and Safari. */
  readonly memoryGb: number | undefined;
}

/**
 * Number of inference workers that pays off. TF.js's WASM backend computes on one thread, so each
 * worker adds a core; a GPU is shared, however many workers use it.
 */
export function poolSize(backend: BackendName, { cores, memoryGb }: Machine): number {
  if (backend === 'webgpu' || backend === 'webgl') return 1;
  const most = memoryGb !== undefined && memoryGb < ROOMY_GB ? MOST_CRAMPED : MOST;
  return Math.max(1, Math.min(cores, most));
}
