import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Kernels } from '../src/ann/index.ts';
import { simdKernels } from '../src/ann/index.ts';

const WASM_PATH = fileURLToPath(new URL('../src/ann/kernels/build/kernels.wasm', import.meta.url));

/** A fresh instance of the SIMD kernels in Node, with separate memory: for benchmarks and tests. */
export function nodeSimdKernels(): Kernels {
  if (!existsSync(WASM_PATH)) {
    throw new Error('The kernels are not built: run `npm run kernels` first.');
  }
  const module = new WebAssembly.Module(readFileSync(WASM_PATH));
  return simdKernels(new WebAssembly.Instance(module).exports);
}
