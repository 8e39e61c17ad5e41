import type { Decoded } from '../decoding/decoded.ts';
import { HeifDecoder } from './heifDecoder.ts';

/** Maximum files decoded at once: as many as photos are prepared at once. */
const WIDTH = 3;
/** Time limit per picture, and per additional megapixel: many times what a slow phone needs. */
const LIMIT_MS = 20_000;
const LIMIT_MS_PER_MEGAPIXEL = 2_000;
const LOAD_MS = 120_000;

// Its workers start with the first HEIC picture and stop when idle.
let decoder: HeifDecoder | undefined;

function heifDecoder(): HeifDecoder {
  decoder ??= new HeifDecoder({
    spawn: () =>
      new Worker(new URL('./heif.worker.ts', import.meta.url), {
        type: 'module',
        name: 'akin-heic',
      }),
    // At least two, so that a hanging file does not block all others.
    width: Math.min(WIDTH, Math.max(2, navigator.hardwareConcurrency - 1)),
    loadMs: LOAD_MS,
    limitMs: (pixels) => LIMIT_MS + LIMIT_MS_PER_MEGAPIXEL * (pixels / 1e6),
  });
  return decoder;
}

/**
 * Decodes a HEIC picture in a separate worker.
 *
 * @throws AkinError as `HeifDecoder.decode`
 */
export async function decodeHeic(
  bytes: Uint8Array<ArrayBuffer>,
  size: { readonly width: number; readonly height: number },
  shortSide: number,
  signal?: AbortSignal,
): Promise<Decoded> {
  const pixels = size.width * size.height;
  const { bitmap, width, height } = await heifDecoder().decode(
    { bytes, shortSide },
    pixels,
    signal,
  );
  return { source: bitmap, width, height, close: () => bitmap.close() };
}

/** Copies a HEIF file with AVIF coding, replacing its brand with the one browsers know. */
export function brandedAvif(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  copy.set([0x61, 0x76, 0x69, 0x66], 8);
  return copy;
}
