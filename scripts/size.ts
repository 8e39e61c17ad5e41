/**
 * What a first visit costs, compressed: the JavaScript that the page loads before any photo is
 * dropped, against its budget, and all that has to come until the first photo is in the library.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** JavaScript, gzipped, that the page loads before any photo is dropped. */
const BUDGET_BYTES = 200 * 1024;
/** Everything, gzipped, until a first visitor has a photo in the library. */
const IMPORT_BUDGET_BYTES = 5.625e6;

/** Folders under `models/` that no first photo needs: see `src/pwa/lazyFiles.ts` for most of them. */
const LATER = [
  'blazeface',
  'facemesh',
  'face_recognition_model',
  'libheif',
  'words',
  'efficientnet-lite2',
  'visual-v2-detailed',
];
/** Of TF.js's WebAssembly files, a browser takes the one that it is fit for: nearly all this one. */
const OTHER_WASM = 'tfjs-backend-wasm.wasm';

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
  readonly isEntry?: boolean;
}

const dist = 'dist';
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<
  string,
  Chunk
>;
const zipped = (file: string): number =>
  gzipSync(readFileSync(join(dist, file)), { level: 9 }).byteLength;

/** The entry and all it imports statically; what is imported on demand is loaded on demand. */
const page = new Set<string>();
const styles = new Set<string>();
const visit = (key: string) => {
  const chunk = manifest[key];
  if (!chunk || page.has(chunk.file)) return;
  page.add(chunk.file);
  for (const file of chunk.css ?? []) styles.add(file);
  for (const imported of chunk.imports ?? []) visit(imported);
};
visit('index.html');
if (page.size === 0) throw new Error('The build has no entry for index.html.');

let total = 0;
for (const file of page) {
  const source = readFileSync(join(dist, file));
  // TF.js belongs to the worker that computes; on the page it would break the budget unseen.
  if (/tfjsflags|FusedBatchNorm/.test(source.toString())) throw new Error(`TF.js is in ${file}.`);
  const bytes = zipped(file);
  total += bytes;
  console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KB gzipped  ${file}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(8)} KB gzipped, of ${BUDGET_BYTES / 1024} KB`);

/** A chunk of a worker with all that it imports, at once or later, out of its own text. */
function withImports(file: string, found: Set<string>): void {
  if (found.has(file)) return;
  found.add(file);
  const source = readFileSync(join(dist, file), 'utf8');
  for (const [, name] of source.matchAll(/["'](?:\.\/|assets\/)([\w.-]+\.js)["']/g)) {
    const imported = `assets/${name}`;
    // Another worker is another page's matter; of the backends all are tried, so all count.
    if (existsSync(join(dist, imported)) && !/\.worker-/.test(imported)) {
      withImports(imported, found);
    }
  }
}

const assets = readdirSync(join(dist, 'assets')).map((name) => `assets/${name}`);
const needed = new Set<string>(['index.html', ...page, ...styles]);
for (const file of assets) {
  if (/\/(embed|nets|index)\.worker-/.test(file)) withImports(file, needed);
  if (/\.wasm$/.test(file)) needed.add(file);
}
for (const entry of readdirSync(join(dist, 'models'), { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name)
    .replaceAll('\\', '/')
    .slice(dist.length + 1);
  const [, folder] = path.split('/');
  if (entry.isFile() && !LATER.includes(folder!) && entry.name !== OTHER_WASM) needed.add(path);
}
let untilImport = 0;
for (const file of needed) untilImport += zipped(file);
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(2)} MB`;
console.log(
  `${megabytes(untilImport).padStart(11)} gzipped until a first photo is in the library, of ${megabytes(IMPORT_BUDGET_BYTES)}`,
);

if (total > BUDGET_BYTES || untilImport > IMPORT_BUDGET_BYTES) {
  console.error('The first visit is over its budget.');
  process.exit(1);
}
