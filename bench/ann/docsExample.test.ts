import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import type { SearchResult } from '../../src/ann/index.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
// Next to this file, so the example is compiled like the tests.
const folder = mkdtempSync(join(root, 'bench/ann/.example-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('the example in docs/ann.md runs as printed, apart from the import path', async () => {
  const code = /```js\n(.*?)```/s.exec(readFileSync(join(root, 'docs/ann.md'), 'utf8'))?.[1];
  expect(code?.split('\n').filter((line) => line.trim() !== '').length).toBeLessThanOrEqual(20);
  const path = join(folder, 'example.mjs');
  writeFileSync(path, code!.replace("'./src/", `'${root}src/`));
  const { example } = (await import(path)) as {
    example: (wasmBytes: Promise<Uint8Array>) => Promise<SearchResult>;
  };
  const wasm = readFile(join(root, 'src/ann/kernels/build/kernels.wasm'));
  const { ids, scores } = await example(wasm);
  expect(ids).toHaveLength(5);
  // The query is the first vector, nearest to itself up to rounding in the store.
  expect(ids[0]).toBe(1);
  expect(scores[0]).toBeLessThan(0.01);
}, 60_000);
