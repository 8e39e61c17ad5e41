import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import plainFactory from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import threadedFactory from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
import { env } from '@tensorflow/tfjs-core';
import type { StartedBackend, StartOptions } from './started.ts';
import { Unavailable } from './started.ts';

/** More threads than this gain nothing on nets this small. */
const MAX_THREADS = 4;

/** What TF.js needs of the Emscripten module besides its memory. */
interface EmscriptenModule {
  cwrap(name: string, returns: 'number' | null, takes: 'number'[]): (...args: number[]) => number;
}

type WasmModule = ConstructorParameters<typeof BackendWasm>[0];

/** Tells whether this worker can share memory with threads, and how many are worth starting. */
async function threadsWorthStarting(asked: number | undefined): Promise<number> {
  const possible =
    globalThis.crossOriginIsolated &&
    (await env().getAsync('WASM_HAS_SIMD_SUPPORT')) &&
    (await env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'));
  if (!possible) return 1;
  return Math.max(1, Math.min(asked ?? navigator.hardwareConcurrency, MAX_THREADS));
}

/** The table of entry points that `BackendWasm` expects on the module. */
function entryPoints(module: EmscriptenModule): WasmModule['tfjs'] {
  const { cwrap } = module;
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
 * Starts the module ourselves, where TF.js would start its threads from blob addresses: those
 * import their code in a way that the page's Content-Security-Policy refuses. The binary is
 * checked by its hash first, like every model file.
 */
export async function startWasm({
  files,
  modelsUrl,
  threads,
}: StartOptions): Promise<StartedBackend> {
  if (typeof WebAssembly !== 'object') throw new Unavailable('This browser has no WebAssembly.');
  const count = await threadsWorthStarting(threads);
  const simd = await env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const name = count > 1 ? 'threaded-simd' : simd ? 'simd' : '';
  const folder = new URL('tfjs-wasm/', modelsUrl);
  const binary = await files.bytes(`tfjs-wasm/tfjs-backend-wasm${name && `-${name}`}.wasm`);

  const module = await new Promise<WasmModule & EmscriptenModule>((resolve, reject) => {
    const config = {
      wasmBinary: binary,
      locateFile: (path: string) => new URL(path, folder).href,
      mainScriptUrlOrBlob: new URL('tfjs-backend-wasm-threaded-simd.js', folder).href,
      onAbort: (why: string) => reject(new Unavailable(`WebAssembly stopped: ${why}`)),
    };
    const factory = count > 1 ? threadedFactory : plainFactory;
    // Emscripten's module adds `cwrap` to what TF.js declares.
    factory(config).then((made) => resolve(made as WasmModule & EmscriptenModule), reject);
  });
  module.tfjs = entryPoints(module);
  setThreadsCount(count);
  return {
    backend: new BackendWasm(module),
    threads: count,
    detail:
      count > 1 ? ` on ${count} threads` : simd ? ' on one thread' : ' on one thread, without SIMD',
    lost: new Promise<string>(() => {}),
    stop: () => {},
  };
}
