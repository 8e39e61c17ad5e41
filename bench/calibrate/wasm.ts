import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { registerBackend, removeBackend, setBackend } from '@tensorflow/tfjs-core';
import { startWasm } from '../../src/vision/backends/wasm.ts';

/** Starts TF.js's WASM backend in Node. */
export async function openWasm(): Promise<void> {
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
  const folder = join(dirname(main), 'wasm-out');
  const { backend } = await startWasm({
    forced: true,
    files: {
      sha256: () => '',
      bytes: async (path) => Uint8Array.from(readFileSync(join(folder, path.split('/').at(-1)!))),
      json: async () => null,
    },
  });
  removeBackend('wasm');
  registerBackend('wasm', () => backend);
  await setBackend('wasm');
}
