import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** JavaScript, gzipped, that the page loads before any photo is dropped. */
const BUDGET_BYTES = 200 * 1024;

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly isEntry?: boolean;
}

const dist = 'dist';
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<
  string,
  Chunk
>;

/** The entry and all it imports statically; what is imported on demand is loaded on demand. */
const files = new Set<string>();
const visit = (key: string) => {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) visit(imported);
};
visit('index.html');
if (files.size === 0) throw new Error('The build has no entry for index.html.');

let total = 0;
for (const file of files) {
  const source = readFileSync(join(dist, file));
  // TF.js belongs to the worker that computes; on the page it would break the budget unseen.
  if (/tfjs|tensorflow/i.test(source.toString())) throw new Error(`TF.js is in ${file}.`);
  const bytes = gzipSync(source).byteLength;
  total += bytes;
  console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KB gzipped  ${file}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(8)} KB gzipped, of ${BUDGET_BYTES / 1024} KB`);
if (total > BUDGET_BYTES) {
  console.error('The first load is over its budget.');
  process.exit(1);
}
