import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import factory from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import { env } from '@tensorflow/tfjs-core';
import type { StartedBackend, StartOptions } from './started.ts';
import { Unavailable } from './started.ts';

/** What TF.js needs of the Emscripten module. */
interface EmscriptenModule {
  _malloc(bytes: number): number;
  _free(at: number): void;
  cwrap(name: string, returns: 'number' | null, takes: 'number'[]): (...args: number[]) => number;
}

type WasmModule = ConstructorParameters<typeof BackendWasm>[0];

/** What a call can ask of a memory with 32-bit addresses: beyond it, the size would wrap around. */
const MOST_BYTES = 2 ** 32 - 1;

/**
 * Has the module say when its memory is used up. TF.js takes the null that it answers then for an
 * address, and computes with whatever lies there.
 */
function refuseNull(module: EmscriptenModule): void {
  // The first call puts the real function in the place of one that looks it up.
  module._free(module._malloc(8));
  const malloc = module._malloc;
  module._malloc = (bytes) => {
    const at = bytes <= MOST_BYTES ? malloc(bytes) : 0;
    if (at === 0 && bytes > 0) throw new RangeError('WebAssembly is out of memory.');
    return at;
  };
}

/** The table of entry points that `BackendWasm` expects on the module. */
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
 * Starts the module ourselves, so that its binary is one whose hash was checked, like every model
 * file's.
 *
 * Not the threaded binary: that of tfjs-backend-wasm 4.22.0 makes a pool of one thread whatever
 * it is asked for (`get_threads_count` says so, in Node too), so it only costs eight idle workers.
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
    // Emscripten's module has `cwrap` besides what TF.js declares of it.
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
