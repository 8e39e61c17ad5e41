import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findHeifEnc } from '../../../../scripts/heifEnc.ts';

/** The most precise setting of HEVC. */
export const LOSSLESS = ['-L', '-p', 'chroma=444'];

/**
 * Encodes pictures as HEIC with libheif's own encoder.
 *
 * @param pictures contents of PNG or JPEG files; several become one file with as many pictures
 */
export function encodeHeic(
  pictures: readonly Uint8Array[],
  args: readonly string[] = ['-q', '90'],
): Uint8Array<ArrayBuffer> {
  const folder = mkdtempSync(join(tmpdir(), 'akin-heic-'));
  try {
    const inputs = pictures.map((bytes, i) => {
      const path = join(folder, `${i}.${bytes[0] === 0xff ? 'jpg' : 'png'}`);
      writeFileSync(path, bytes);
      return path;
    });
    const output = join(folder, 'out.heic');
    const run = spawnSync(findHeifEnc()!, [...args, ...inputs, '-o', output]);
    if (run.status !== 0) throw new Error(`heif-enc: ${run.stderr}`);
    return new Uint8Array(readFileSync(output));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
