import {
  backend as activeBackend,
  engine,
  matMul,
  registerBackend,
  removeBackend,
  setBackend,
  tensor2d,
  tidy,
} from '@tensorflow/tfjs-core';
import type { BackendReason } from '../../base/backends.ts';
import { AkinError } from '../../base/errors.ts';
import type { ModelFiles } from '../models.ts';
import type { BackendCandidate, BackendName, BackendReport } from '../types.ts';
import { backendNames } from '../types.ts';
import type { StartedBackend, StartOptions } from './started.ts';
import { Unavailable } from './started.ts';

/** The backend that TF.js runs on. One at a time, since TF.js keeps it globally. */
export interface OpenBackend {
  readonly report: BackendReport;
  /** Resolves with a `device-lost` error if the device is lost. */
  readonly lost: Promise<AkinError>;
  dispose(): void;
}

// Each is fetched only when tried.
const starters: Record<BackendName, (options: StartOptions) => Promise<StartedBackend>> = {
  webgpu: async (options) => (await import('./webgpu.ts')).startWebGpu(options),
  webgl: async (options) => (await import('./webgl.ts')).startWebGl(options),
  wasm: async (options) => (await import('./wasm.ts')).startWasm(options),
  cpu: async () => (await import('./cpu.ts')).startCpu(),
};

const labels: Record<BackendName, string> = {
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  cpu: 'Plain JavaScript',
};

/** Computes a product with a known result: a driver that computes wrongly is worse than none. */
async function computesRightly(): Promise<boolean> {
  const product = tidy(() =>
    matMul(tensor2d([1, 2, 3, 4], [2, 2]), tensor2d([5, 6, 7, 8], [2, 2])),
  );
  try {
    const got = await product.data();
    return [19, 22, 43, 50].every((wanted, i) => Math.abs((got[i] ?? 0) - wanted) < 0.05);
  } finally {
    product.dispose();
  }
}

/** Makes TF.js forget a backend, whether started or only registered by its import. */
function forget(name: BackendName): void {
  if (engine().findBackendFactory(name) !== null) removeBackend(name);
}

async function start(name: BackendName, options: StartOptions): Promise<StartedBackend> {
  let started: StartedBackend;
  try {
    started = await starters[name](options);
  } finally {
    // The import registered its own factory, which TF.js might otherwise call.
    forget(name);
  }
  registerBackend(name, () => started.backend);
  const stop = (): void => {
    forget(name);
    started.stop();
  };
  try {
    if (!(await setBackend(name)) || activeBackend() !== started.backend) {
      throw new Unavailable({ code: 'not-started' });
    }
    // A device lost during the probe may leave the read pending forever.
    const right = await Promise.race([computesRightly(), started.lost]);
    if (typeof right === 'string') {
      throw new Unavailable({ code: 'device-lost', detail: right });
    }
    // A backend that computes wrongly can't be used.
    if (!right) throw new Unavailable({ code: 'wrong-result' });
  } catch (error) {
    stop();
    throw error;
  }
  return { ...started, stop };
}

/**
 * Starts the best backend that really works. Tries each in turn: an adapter, a device and a small
 * product with a known result, read asynchronously (synchronous reads return zeros on WebGPU).
 *
 * @throws AkinError `backend-unavailable` if none works, or the forced one does not;
 *   `model-missing`, `model-corrupt` for WASM's own files
 */
export async function openBackend(options: {
  readonly files: ModelFiles;
  readonly force?: BackendName | undefined;
  readonly exclude?: readonly BackendName[] | undefined;
  readonly onProbe?: ((name: BackendName) => void) | undefined;
}): Promise<OpenBackend> {
  const { files, force, exclude = [], onProbe } = options;
  const candidates: BackendCandidate[] = [];
  let running: { name: BackendName; started: StartedBackend } | undefined;
  for (const name of backendNames) {
    if (force !== undefined && name !== force) {
      candidates.push({ name, available: null, reason: { code: 'other-chosen', by: force } });
    } else if (running !== undefined) {
      const reason = { code: 'faster-runs', by: running.name } as const;
      candidates.push({ name, available: null, reason });
    } else if (exclude.includes(name)) {
      candidates.push({ name, available: false, reason: { code: 'failed-before' } });
    } else {
      onProbe?.(name);
      try {
        const forced = force !== undefined;
        const started = await start(name, { forced, files });
        running = { name, started };
        const { device, slow } = started;
        const reason = {
          code: 'runs',
          ...(device && { device }),
          ...(slow && { slow }),
        } as const;
        candidates.push({ name, available: true, reason });
      } catch (error) {
        // A damaged or missing file is the app's fault, not this device's: report it.
        if (error instanceof AkinError) throw error;
        const detail = error instanceof Error ? error.message : String(error);
        const reason: BackendReason =
          error instanceof Unavailable ? error.reason : { code: 'not-started', detail };
        candidates.push({ name, available: false, reason });
      }
    }
  }
  if (running === undefined) {
    const told = candidates.filter(({ available }) => available === false);
    throw new AkinError(
      'backend-unavailable',
      `This browser cannot run the models (${told.map(({ name, reason }) => `${name}: ${reason.code}`).join(', ')}).`,
    );
  }
  const { name, started } = running;
  let disposed = false;
  const lost = new Promise<AkinError>((resolve) => {
    started.lost.then((why) => {
      // Disposing of a device also loses it; ignore that.
      if (disposed) return;
      resolve(new AkinError('device-lost', `${labels[name]} stopped working: ${why}`));
    });
  });
  return {
    report: { active: name, candidates },
    lost,
    dispose: () => {
      if (disposed) return;
      disposed = true;
      started.stop();
    },
  };
}
