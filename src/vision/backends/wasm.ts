import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import factory from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import { env } from '@tensorflow/tfjs-core';
import type { StartedBackend, StartOptions } from './started.ts';
import { Unavailable } from './started.ts';

/** What TF.js needs of the Emscripten module besides its memory. */
interface EmscriptenModule {
  cwrap(name: string, returns: 'number' | null, takes: 'number'[]): (...args: number[]) => number;
}

type WasmModule = ConstructorParameters<typeof BackendWasm>[0];

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
  if (typeof WebAssembly !== 'object') throw new Unavailable('This browser has no WebAssembly.');
  const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const wasmBinary = await files.bytes(`tfjs-wasm/tfjs-backend-wasm${simd ? '-simd' : ''}.wasm`);
  const module = await new Promise<WasmModule & EmscriptenModule>((resolve, reject) => {
    const config = {
      wasmBinary,
      onAbort: (why: string) => reject(new Unavailable(`WebAssembly stopped: ${why}`)),
    };
    // Emscripten's module has `cwrap` besides what TF.js declares of it.
    factory(config).then((made) => resolve(made as WasmModule & EmscriptenModule), reject);
  });
  module.tfjs = entryPoints(module);
  setThreadsCount(1);
  const backend = new BackendWasm(module);
  return {
    backend,
    detail: simd ? '' : ', without its fast (SIMD) instructions',
    lost: new Promise<string>(() => {}),
    stop: () => {},
  };
}
