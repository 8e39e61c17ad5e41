import type { Decoded } from '../decoding/decoded.ts';
import { HeifDecoder } from './heifDecoder.ts';

/** Files decoded at once at most: as many as photos are prepared at once. */
const WIDTH = 3;
/** Time that any picture may take, and each megapixel more: many times what a slow phone takes. */
const LIMIT_MS = 20_000;
const LIMIT_MS_PER_MEGAPIXEL = 2_000;
const LOAD_MS = 120_000;

// Its workers start with the first HEIC picture, and end when there is none to decode.
let decoder: HeifDecoder | undefined;

function heifDecoder(): HeifDecoder {
  decoder ??= new HeifDecoder({
    spawn: () =>
      new Worker(new URL('./heif.worker.ts', import.meta.url), {
        type: 'module',
        name: 'akin-heic',
      }),
    // Two at least, so that a file that hangs does not hold up all others.
    width: Math.min(WIDTH, Math.max(2, navigator.hardwareConcurrency - 1)),
    loadMs: LOAD_MS,
    limitMs: (pixels) => LIMIT_MS + LIMIT_MS_PER_MEGAPIXEL * (pixels / 1e6),
  });
  return decoder;
}

/**
 * Decodes a HEIC picture in a worker of its own.
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

/**
 * A HEIF file whose picture is coded as AVIF's are, under the brand by which browsers know it: a
 * copy.
 */
export function brandedAvif(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const copy = bytes.slice();
  copy.set([0x61, 0x76, 0x69, 0x66], 8);
  return copy;
}
