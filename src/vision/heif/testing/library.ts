import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Libheif, LibheifFactory } from '../libheif.ts';

const require = createRequire(import.meta.url);
const start = require('libheif-js/libheif-wasm/libheif.js') as LibheifFactory;
const wasmBinary = readFileSync(require.resolve('libheif-js/libheif-wasm/libheif.wasm'));

/** The library as shipped, with its own memory. */
export function startLibheif(): Libheif {
  const quiet = () => {};
  return start({ wasmBinary, print: quiet, printErr: quiet });
}
