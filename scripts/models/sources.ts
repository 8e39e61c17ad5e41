import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NetSpec } from '../../src/vision/nets/spec.ts';
import { faceModels } from './faces.ts';
import { libheif } from './libheif.ts';
import type { ServedFile } from './served.ts';
import { words } from './words.ts';

/**
 * A model committed to this repository, under `models/<id>/`. Its spec names its files and pins
 * their hashes: mismatching files are not served.
 */
function committedNet(root: string, id: string): ServedFile[] {
  const folder = join(root, 'models', id);
  const read = (file: string) => readFileSync(join(folder, file));
  const { files } = JSON.parse(read('spec.json').toString()) as Pick<NetSpec, 'files'>;
  return [
    { path: `${id}/spec.json`, read: () => read('spec.json') },
    { path: `${id}/LICENSE.txt`, read: () => read('LICENSE.txt') },
    ...Object.entries(files).map(([file, { sha256 }]) => ({
      path: `${id}/${file}`,
      sha256,
      read: () => read(file),
    })),
  ];
}

/** The binaries of TF.js's WebAssembly backend: with SIMD, and without for old browsers. */
function wasm(modules: string): ServedFile[] {
  const copy = (file: string, sha256: string): ServedFile => ({
    path: `tfjs-wasm/${file}`,
    sha256,
    read: () => readFileSync(join(modules, '@tensorflow/tfjs-backend-wasm/dist', file)),
  });
  return [
    copy(
      'tfjs-backend-wasm.wasm',
      '70a5d516060464e5269f01c74bac1772d6b8ab6cb612acf16b5cdaf61f78d892',
    ),
    copy(
      'tfjs-backend-wasm-simd.wasm',
      '77ebb28a6d34f371dbbf2086b7f2de8994acd8ea5a3cf1fa24d2c26c840cac7b',
    ),
  ];
}

/**
 * The committed result of `scripts/fit-visual.ts`; not pinned, since git tracks it. Missing only
 * during the very first fit.
 */
function visualFit(root: string, model: string): ServedFile[] {
  const folder = join(root, 'models', model);
  return ['fit.json', 'fit.bin']
    .filter((file) => existsSync(join(folder, file)))
    .map((file) => ({ path: `${model}/${file}`, read: () => readFileSync(join(folder, file)) }));
}

/** Every file under `public/models/`, except the manifest. */
export function servedFiles(root: string): ServedFile[] {
  const modules = join(root, 'node_modules');
  return [
    ...committedNet(root, 'efficientnet-lite1'),
    ...committedNet(root, 'efficientnet-lite2'),
    ...faceModels(modules),
    ...wasm(modules),
    ...libheif(modules),
    ...visualFit(root, 'visual-v2'),
    ...visualFit(root, 'visual-v2-detailed'),
    ...words(root),
  ];
}
