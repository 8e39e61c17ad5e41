import type { BackendName } from '../../protocol/index.ts';

/** More read no faster: decoding and the page need cores, too. */
const MOST = 4;
/** Below so much memory, in GB as `navigator.deviceMemory` rounds it, each worker weighs heavily. */
const ROOMY_GB = 8;
const MOST_CRAMPED = 2;

export interface Machine {
  readonly cores: number;
  /** `undefined` where the browser does not say, as Firefox and Safari do not. */
  readonly memoryGb: number | undefined;
}

/**
 * How many workers of the nets pay off. TF.js's WASM backend computes on one thread, so each worker adds
 * a core; a GPU is one, however many ask it.
 */
export function poolSize(backend: BackendName, { cores, memoryGb }: Machine): number {
  if (backend === 'webgpu' || backend === 'webgl') return 1;
  const most = memoryGb !== undefined && memoryGb < ROOMY_GB ? MOST_CRAMPED : MOST;
  return Math.max(1, Math.min(cores, most));
}
