import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { faceModels } from './faces.ts';
import { readJsLiteral } from './jsLiteral.ts';
import { libheif } from './libheif.ts';
import { encodeModel, graphModel, type ServedFile } from './served.ts';
import { words } from './words.ts';

/** What a minified CommonJS module of nsfwjs assigns to its exports, as text position. */
function exportStart(text: string): number {
  const marker = /\.exports=(?=[{"])/.exec(text);
  if (marker === null) throw new Error('no exported literal found');
  return marker.index + marker[0].length;
}

function nsfwjs(modules: string): ServedFile[] {
  const folder = join(modules, 'nsfwjs/dist/models/mobilenet_v2_mid');
  const literal = (file: string): unknown => {
    const text = readFileSync(join(folder, file), 'utf8');
    return readJsLiteral(text, exportStart(text));
  };
  const shard = (file: string): Uint8Array => Buffer.from(String(literal(file)), 'base64');
  return [
    {
      path: 'mobilenet-v2-140/model.json',
      sha256: '567cd0e269d92274dae0a4c03b7d65c1ea929b78b9c61e65fe1203da007242ab',
      read: () => encodeModel(literal('model.min.js')),
    },
    {
      path: 'mobilenet-v2-140/weights.bin',
      sha256: 'fee38f0bcbad1a223b8301c014bbf78984365aef5ab08fc3289ed4229ab67f0e',
      read: () =>
        Buffer.concat([shard('group1-shard1of2.min.js'), shard('group1-shard2of2.min.js')]),
    },
  ];
}

function human(modules: string): ServedFile[] {
  return graphModel(
    'mobilenet-v3-centernet',
    join(modules, '@vladmandic/human/models/centernet'),
    '0e927850166c02dd4fcb55b2004ce114c483e8b56a802f6764a9682105da3a41',
    '1b635a15009071f506f9f2b3519b31c072c534888989f30d269ffd44734ef7ef',
  );
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
 * The committed result of `scripts/fit-visual.ts`; without a pin, since git already keeps it.
 * None yet while the very first fit is being made.
 */
function visualFit(root: string): ServedFile[] {
  const folder = join(root, 'models/visual-v1');
  return ['fit.json', 'fit.bin']
    .filter((file) => existsSync(join(folder, file)))
    .map((file) => ({
      path: `visual-v1/${file}`,
      read: () => readFileSync(join(folder, file)),
    }));
}

/** Every file under `public/models/`, the manifest apart. */
export function servedFiles(root: string): ServedFile[] {
  const modules = join(root, 'node_modules');
  return [
    ...nsfwjs(modules),
    ...human(modules),
    ...faceModels(modules),
    ...wasm(modules),
    ...libheif(modules),
    ...visualFit(root),
    ...words(root),
  ];
}
