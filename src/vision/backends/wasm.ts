import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import factory from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import { env } from '@tensorflow/tfjs-core';
import type { StartedBackend, StartOptions } from './started.ts';
import { Unavailable } from './started.ts';

/** The parts of the Emscripten module that TF.js needs. */
interface EmscriptenModule {
  _malloc(bytes: number): number;
  _free(at: number): void;
  cwrap(name: string, returns: 'number' | null, takes: 'number'[]): (...args: number[]) => number;
}

type WasmModule = ConstructorParameters<typeof BackendWasm>[0];

/** The largest allocation with 32-bit addresses; beyond it, the size would wrap around. */
const MOST_BYTES = 2 ** 32 - 1;

/**
 * Makes the module throw when its memory is exhausted. TF.js would take the returned null for an
 * address and compute with whatever is there.
 */
function refuseNull(module: EmscriptenModule): void {
  // The first call replaces the lazy stub with the real function.
  module._free(module._malloc(8));
  const malloc = module._malloc;
  module._malloc = (bytes) => {
    const at = bytes <= MOST_BYTES ? malloc(bytes) : 0;
    if (at === 0 && bytes > 0) throw new RangeError('WebAssembly is out of memory.');
    return at;
  };
}

/** The entry points that `BackendWasm` expects on the module. */
function entryPoints({ cwrap }: EmscriptenModule): WasmModule['tfjs'] {
  return {
    init: cwrap('init', null, []),
    initWithThreadsCount: cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: cwrap('get_threads_count', 'number', []),
    registerTensor: cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: cwrap('dispose_data', null, ['number']),
    dispose: cwrap('dispose', null, []),
  };
}

/**
 * Instantiates the module here, so that the hash of its binary is checked like that of every model
 * file.
 *
 * Not the threaded binary: in tfjs-backend-wasm 4.22.0 it creates a pool of one thread whatever the
 * request (`get_threads_count` says so, in Node too), so it only costs eight idle workers.
 */
export async function startWasm({ files }: StartOptions): Promise<StartedBackend> {
  if (typeof WebAssembly !== 'object') throw new Unavailable({ code: 'unsupported' });
  const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const wasmBinary = await files.bytes(`tfjs-wasm/tfjs-backend-wasm${simd ? '-simd' : ''}.wasm`);
  const module = await new Promise<WasmModule & EmscriptenModule>((resolve, reject) => {
    const config = {
      wasmBinary,
      onAbort: (why: string) => reject(new Unavailable({ code: 'not-started', detail: why })),
    };
    // Emscripten's module has `cwrap` in addition to what TF.js declares.
    factory(config).then((made) => resolve(made as WasmModule & EmscriptenModule), reject);
  });
  refuseNull(module);
  module.tfjs = entryPoints(module);
  setThreadsCount(1);
  const backend = new BackendWasm(module);
  return {
    backend,
    slow: !simd,
    lost: new Promise<string>(() => {}),
    stop: () => {},
  };
}
