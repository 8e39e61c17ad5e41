import { AkinError } from '../base/errors.ts';
import { backdropOf } from './backdrop.ts';
import type { Decoded } from './decode.ts';
import { decode } from './decode.ts';
import { drawFacePicture } from './facePicture.ts';
import { fileBytes } from './fileBytes.ts';
import { checkFileSize, inspect } from './inspect.ts';
import { thumbCrop } from './thumbCrop.ts';
import type { Prepared } from './types.ts';
import { FACE_SHORT_SIDE, LARGE_SIDE, SHORT_SIDE, SMALL_SIDE } from './types.ts';
import { writeImage } from './writeImage.ts';

const THUMB_QUALITY = 0.8;
/** Under an opaque picture it does not matter. */
const WHITE = '#ffffff';

type Context = OffscreenCanvasRenderingContext2D;

function canvasContext(width: number, height: number, willReadFrequently: boolean): Context {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently });
  if (context === null) throw new AkinError('internal', 'The browser gave no canvas to draw on.');
  context.imageSmoothingQuality = 'high';
  return context;
}

/** Draws a whole picture over its backdrop. */
function drawOver(context: Context, source: CanvasImageSource, backdrop: string): void {
  const { width, height } = context.canvas;
  context.fillStyle = backdrop;
  context.fillRect(0, 0, width, height);
  context.drawImage(source, 0, 0, width, height);
}

// Drawn on and read back in one go, never across an await, so every photo may share them.
let squares: { small: Context; large: Context } | undefined;

/** Both squashed inputs, the small one from the large: its detail was beyond it anyway. */
function drawInputs(
  source: CanvasImageSource,
  backdrop: string,
): Pick<Prepared, 'small' | 'large'> {
  squares ??= {
    small: canvasContext(SMALL_SIDE, SMALL_SIDE, true),
    large: canvasContext(LARGE_SIDE, LARGE_SIDE, true),
  };
  const { small, large } = squares;
  drawOver(large, source, backdrop);
  drawOver(small, large.canvas, backdrop);
  return {
    small: small.getImageData(0, 0, SMALL_SIDE, SMALL_SIDE).data,
    large: large.getImageData(0, 0, LARGE_SIDE, LARGE_SIDE).data,
  };
}

function drawThumb({ source, width, height }: Decoded, backdrop: string): OffscreenCanvas {
  const thumb = thumbCrop(width, height);
  const context = canvasContext(thumb.width, thumb.height, true);
  context.fillStyle = backdrop;
  context.fillRect(0, 0, thumb.width, thumb.height);
  // The whole picture, of which what lies outside of the canvas is not drawn.
  const { left, top, wholeWidth, wholeHeight } = thumb;
  context.drawImage(source, -left, -top, wholeWidth, wholeHeight);
  return context.canvas;
}

/**
 * Everything that is made of a photo's pixels, in one decode. Decoding and writing the thumbnail
 * happen off the thread; scaling is a few milliseconds on it.
 *
 * @param bytes the file's content, where the caller has it already
 * @param options `faces`: whether faces are to be looked for, which takes a larger picture;
 *   `signal`: as for `decode`
 * @throws AkinError `empty-file`, `unsupported-format`, `file-too-large`, `too-many-pixels`,
 *   `damaged-picture`, `unreadable-file`, and those of `decode`
 */
export async function prepare(
  file: Blob,
  bytes?: Uint8Array<ArrayBuffer>,
  { faces = false, signal }: { readonly faces?: boolean; readonly signal?: AbortSignal } = {},
): Promise<Prepared> {
  if (!bytes) checkFileSize(file.size);
  const content = bytes ?? (await fileBytes(file));
  const inspected = inspect(content);
  const started = performance.now();
  const decoded = await decode(content, inspected, faces ? FACE_SHORT_SIDE : SHORT_SIDE, signal);
  const decodedAt = performance.now();
  let inputs: Pick<Prepared, 'small' | 'large'>;
  let canvas: OffscreenCanvas;
  let picture: ImageBitmap | null = null;
  let backdrop: string | null = null;
  try {
    if (inspected.type !== 'jpeg') backdrop = backdropOf(decoded);
    inputs = drawInputs(decoded.source, backdrop ?? WHITE);
    canvas = drawThumb(decoded, backdrop ?? WHITE);
    if (faces) picture = drawFacePicture(decoded, backdrop ?? WHITE);
  } finally {
    decoded.close();
  }
  const scaledAt = performance.now();
  const thumb = await writeImage(canvas, THUMB_QUALITY);
  return {
    width: decoded.width,
    height: decoded.height,
    type: inspected.type,
    endMissing: inspected.mend !== undefined,
    backdrop,
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
