import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServedFile } from './served.ts';

const FILES: Readonly<Record<string, string>> = {
  'libheif.js': 'fc6ffd54916bf6352f3ad3e17414ad05c5ae6ac7bf8da4c9cc7b0ce63d3e6af7',
  'libheif.wasm': 'e4aa8333fbe55ec7c6c776f735236f40bed9103188498f8131d4e52b73cdfee8',
};

/**
 * libheif as separate files, as its license (LGPL-3.0) requires: anyone who hosts Akin can replace
 * them, or set `AKIN_LIBHEIF` to the folder of another build (see docs/heic.md).
 */
export function libheif(modules: string): ServedFile[] {
  const own = process.env.AKIN_LIBHEIF;
  const packaged = join(modules, 'libheif-js/libheif-wasm');
  const folder = own ?? packaged;
  const licence = [...(own === undefined ? [] : [own]), packaged]
    .map((each) => join(each, 'LICENSE'))
    .find(existsSync);
  if (!licence) throw new Error('models: the licence of libheif is missing (npm ci).');
  return [
    ...Object.entries(FILES).map(([file, sha256]) => ({
      path: `libheif/${file}`,
      ...(own === undefined && { sha256 }),
      read: () =>
        file.endsWith('.js') ? asModule(join(folder, file)) : readFileSync(join(folder, file)),
    })),
    { path: 'libheif/LICENSE.txt', read: () => readFileSync(licence) },
  ];
}

/**
 * The package's script defines `libheif` but exports it only in Node; this appends a module export.
 */
function asModule(path: string): Uint8Array {
  return Buffer.concat([readFileSync(path), Buffer.from('\nexport default libheif;\n')]);
}
