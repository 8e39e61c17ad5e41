import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Plugin, type Rolldown } from 'vite';
import { afterAll, expect, test } from 'vitest';
import { type BuiltChunk, entryImports, separateEntries } from './entries.ts';

const dir = mkdtempSync(join(tmpdir(), 'akin-entries-'));
afterAll(() => rmSync(dir, { recursive: true }));

const chunk = (fileName: string, more: Partial<BuiltChunk> = {}): BuiltChunk => ({
  type: 'chunk',
  fileName,
  isEntry: false,
  imports: [],
  dynamicImports: [],
  ...more,
});

const bundleOf = (...chunks: BuiltChunk[]) =>
  Object.fromEntries(chunks.map((each) => [each.fileName, each]));

test('finds chunks that import the entry, statically or dynamically', () => {
  const entry = chunk('worker.js', { isEntry: true, dynamicImports: ['wasm.js', 'cpu.js'] });
  const bundle = bundleOf(
    entry,
    chunk('wasm.js', { imports: ['shared.js', 'worker.js'] }),
    chunk('cpu.js', { dynamicImports: ['worker.js'] }),
    chunk('shared.js'),
  );
  expect(entryImports(bundle)).toEqual(['wasm.js imports worker.js', 'cpu.js imports worker.js']);
});

test('allows imports by entries and between chunks', () => {
  const bundle = bundleOf(
    chunk('worker.js', { isEntry: true, imports: ['shared.js'], dynamicImports: ['wasm.js'] }),
    chunk('wasm.js', { imports: ['shared.js'] }),
    chunk('shared.js'),
  );
  expect(entryImports({ ...bundle, 'a.wasm': { type: 'asset' } })).toEqual([]);
});

/** A worker that shares a module with its dynamic import, like `inference.worker.ts`. */
async function buildWorker(...plugins: Plugin[]): Promise<Rolldown.OutputChunk[]> {
  writeFileSync(join(dir, 'shared.js'), 'export const list = [];\nself.list = list;\n');
  writeFileSync(
    join(dir, 'late.js'),
    "import { list } from './shared.js';\nexport const add = (x) => list.push(x);\n",
  );
  writeFileSync(
    join(dir, 'a.worker.js'),
    "import { list } from './shared.js';\nonmessage = async () => { (await import('./late.js')).add(1); postMessage(list); };\n",
  );
  writeFileSync(
    join(dir, 'page.js'),
    "export const start = () => new Worker(new URL('./a.worker.js', import.meta.url), { type: 'module' });\n",
  );
  const seen: Rolldown.OutputChunk[] = [];
  const look: Plugin = {
    name: 'look',
    generateBundle: (_options, bundle) => {
      seen.push(...Object.values(bundle).filter((output) => output.type === 'chunk'));
    },
  };
  await build({
    root: dir,
    configFile: false,
    logLevel: 'silent',
    worker: { format: 'es', plugins: () => [...plugins, look] },
    build: { write: false, rolldownOptions: { input: join(dir, 'page.js') } },
  });
  return seen;
}

test('puts a worker’s shared modules in their own chunk, which Vite alone does not', async () => {
  const found = async (...plugins: Plugin[]) =>
    entryImports(bundleOf(...(await buildWorker(...plugins))));
  expect(await found()).toHaveLength(1);
  expect(await found(separateEntries())).toEqual([]);
});

test('fails the build when a worker chunk imports its entry', async () => {
  const { options: _, ...checkAlone } = separateEntries();
  await expect(buildWorker(checkAlone)).rejects.toThrow(/No chunk may import an entry/);
});
