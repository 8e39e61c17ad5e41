/**
 * Compressed size of a first visit: the JavaScript loaded before the first import, against its
 * budget, and everything loaded until the first photo is in the library.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Budget for the gzipped JavaScript loaded before the first import. */
const BUDGET_BYTES = 200 * 1024;
/** Budget for everything, gzipped, until the first photo is imported. */
const IMPORT_BUDGET_BYTES = 5.625e6;

/** Folders under `models/` not needed for the first photo: see `src/pwa/lazyFiles.ts` for most. */
const LATER = [
  'blazeface',
  'facemesh',
  'face_recognition_model',
  'libheif',
  'words',
  'efficientnet-lite2',
  'visual-v2-detailed',
];
/** A browser loads one of TF.js's WebAssembly files, nearly always the other one. */
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

/** The entry and its static imports; dynamic imports load on demand. */
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
  // TF.js belongs in the inference worker; in the page it would exceed the budget unnoticed.
  if (/tfjsflags|FusedBatchNorm/.test(source.toString())) throw new Error(`TF.js is in ${file}.`);
  const bytes = zipped(file);
  total += bytes;
  console.log(`${(bytes / 1024).toFixed(1).padStart(8)} KB gzipped  ${file}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(8)} KB gzipped, of ${BUDGET_BYTES / 1024} KB`);

/** Collects a worker's chunk with its static and dynamic imports, from its source text. */
function withImports(file: string, found: Set<string>): void {
  if (found.has(file)) return;
  found.add(file);
  const source = readFileSync(join(dist, file), 'utf8');
  for (const [, name] of source.matchAll(/["'](?:\.\/|assets\/)([\w.-]+\.js)["']/g)) {
    const imported = `assets/${name}`;
    // Other workers are counted separately; all backends count, as any may be tried.
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
