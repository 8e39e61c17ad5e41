import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { StartedBackend } from './started.ts';

/** Plain JavaScript: always available, and about fifty times slower than WASM. */
export function startCpu(): StartedBackend {
  return {
    backend: new MathBackendCPU(),
    slow: true,
    lost: new Promise<string>(() => {}),
    stop: () => {},
  };
}
