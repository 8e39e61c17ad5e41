import { AkinError } from '../base/errors.ts';
import type { Decoded } from './decode.ts';
import { decode, SHORT_SIDE } from './decode.ts';
import { drawFacePicture, FACE_SHORT_SIDE } from './facePicture.ts';
import { fileBytes } from './fileBytes.ts';
import { checkFileSize, inspect } from './inspect.ts';
import type { Prepared } from './types.ts';
import { LARGE_SIDE, SMALL_SIDE, THUMB_SIDE } from './types.ts';
import { writeImage } from './writeImage.ts';

const THUMB_QUALITY = 0.8;

type Context = OffscreenCanvasRenderingContext2D;

function canvasContext(width: number, height: number, willReadFrequently: boolean): Context {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently });
  if (context === null) throw new AkinError('internal', 'The browser gave no canvas to draw on.');
  context.imageSmoothingQuality = 'high';
  return context;
}

/** Draws a whole picture over white, so that what is transparent is not black. */
function drawOver(context: Context, source: CanvasImageSource): void {
  const { width, height } = context.canvas;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.drawImage(source, 0, 0, width, height);
}

// Drawn on and read back in one go, never across an await, so every photo may share them.
let squares: { small: Context; large: Context } | undefined;

/** Both squashed inputs, the small one from the large: its detail was beyond it anyway. */
function drawInputs(source: CanvasImageSource): Pick<Prepared, 'small' | 'large'> {
  squares ??= {
    small: canvasContext(SMALL_SIDE, SMALL_SIDE, true),
    large: canvasContext(LARGE_SIDE, LARGE_SIDE, true),
  };
  const { small, large } = squares;
  drawOver(large, source);
  drawOver(small, large.canvas);
  return {
    small: small.getImageData(0, 0, SMALL_SIDE, SMALL_SIDE).data,
    large: large.getImageData(0, 0, LARGE_SIDE, LARGE_SIDE).data,
  };
}

function drawThumb({ source, width, height }: Decoded): OffscreenCanvas {
  const scale = Math.min(1, THUMB_SIDE / Math.max(width, height));
  const sides = [width, height].map((side) => Math.max(1, Math.round(side * scale)));
  const context = canvasContext(sides[0]!, sides[1]!, true);
  drawOver(context, source);
  return context.canvas;
}

/**
 * Everything that is made of a photo's pixels, in one decode. Decoding and writing the thumbnail
 * happen off the thread; scaling is a few milliseconds on it.
 *
 * @param bytes the file's content, where the caller has it already
 * @param options `faces`: whether faces are to be looked for, which takes a larger picture
 * @throws AkinError `empty-file`, `unsupported-format`, `file-too-large`, `too-many-pixels`,
 *   `damaged-picture`, `unreadable-file`
 */
export async function prepare(
  file: Blob,
  bytes?: Uint8Array<ArrayBuffer>,
  { faces = false }: { readonly faces?: boolean } = {},
): Promise<Prepared> {
  if (!bytes) checkFileSize(file.size);
  const content = bytes ?? (await fileBytes(file));
  const inspected = inspect(content);
  const started = performance.now();
  const decoded = await decode(content, inspected, faces ? FACE_SHORT_SIDE : SHORT_SIDE);
  const decodedAt = performance.now();
  let inputs: Pick<Prepared, 'small' | 'large'>;
  let canvas: OffscreenCanvas;
  let picture: ImageBitmap | null = null;
  try {
    inputs = drawInputs(decoded.source);
    canvas = drawThumb(decoded);
    if (faces) picture = drawFacePicture(decoded);
  } finally {
    decoded.close();
  }
  const scaledAt = performance.now();
  const thumb = await writeImage(canvas, THUMB_QUALITY);
  return {
    width: decoded.width,
    height: decoded.height,
    type: inspected.type,
    thumb,
    thumbWidth: canvas.width,
    thumbHeight: canvas.height,
    ...inputs,
    picture,
    decodeMs: decodedAt - started,
    scaleMs: scaledAt - decodedAt,
    thumbMs: performance.now() - scaledAt,
  };
}
