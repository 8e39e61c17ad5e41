import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { registerBackend, removeBackend, setBackend, tidy, zeros } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ModelFiles } from '../models.ts';
import { startWasm } from './wasm.ts';

const folder = join(
  dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json')),
  'wasm-out',
);
const files: ModelFiles = {
  sha256: () => '',
  bytes: async (path) => Uint8Array.from(readFileSync(join(folder, path.split('/').at(-1)!))),
  json: async () => null,
};

beforeAll(async () => {
  const { backend } = await startWasm({ forced: true, files });
  registerBackend('wasm-started', () => backend);
  await setBackend('wasm-started');
});

afterAll(() => removeBackend('wasm-started'));

it('throws a RangeError for more memory than 32 bits can address, and keeps working', () => {
  const make = (side: number) => tidy(() => zeros([side, side, 3]).dataSync().length);
  expect(make(8)).toBe(192);
  // 4.8 GB: more than 32 bits can address, so the size would wrap around to half a gigabyte.
  expect(() => make(20_000)).toThrow(RangeError);
  expect(make(8)).toBe(192);
});
