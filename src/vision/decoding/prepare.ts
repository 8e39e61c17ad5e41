import { AkinError } from '../../base/errors.ts';
import { checkFileSize, type Inspected, inspect } from '../headers/inspect.ts';
import { inputShape } from '../nets/inputShape.ts';
import type { NetInputSpec } from '../nets/spec.ts';
import type { NetPicture, Prepared } from '../types.ts';
import { FACE_SHORT_SIDE } from '../types.ts';
import { backdropOf } from './backdrop.ts';
import { decode } from './decode.ts';
import type { Decoded } from './decoded.ts';
import { drawFacePicture } from './facePicture.ts';
import { fileBytes } from './fileBytes.ts';
import { thumbCrop } from './thumbCrop.ts';
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

// Drawn on and read back in one go, never across an await, so every photo may share them.
const contexts = new Map<string, Context>();

/** The part of a picture that a net sees, over its backdrop. */
function drawInput(
  { source, width, height }: Decoded,
  backdrop: string,
  spec: NetInputSpec,
): NetPicture {
  const shape = inputShape(width, height, spec);
  const size = `${shape.width}x${shape.height}`;
  const context = contexts.get(size) ?? canvasContext(shape.width, shape.height, true);
  contexts.set(size, context);
  context.fillStyle = backdrop;
  context.fillRect(0, 0, shape.width, shape.height);
  // The whole picture, of which what lies outside of the canvas is not drawn.
  const [across, down] = [shape.width / shape.sourceWidth, shape.height / shape.sourceHeight];
  const [x, y] = [-shape.left * across, -shape.top * down];
  context.drawImage(source, x, y, width * across, height * down);
  const rgba = context.getImageData(0, 0, shape.width, shape.height).data;
  return { rgba, width: shape.width, height: shape.height };
}

/**
 * Pixels of the short side that the nets' inputs and the thumbnail need. A larger JPEG is decoded
 * straight to about this size, which its transform allows at a fraction of the cost. Twice what the
 * nets see, since scaled down by the transform alone its features move: see docs/embedding.md.
 */
function shortSideFor({ width, height }: Inspected, inputs: readonly NetInputSpec[]): number {
  const { wholeWidth, wholeHeight } = thumbCrop(width, height);
  const side = Math.max(...inputs.map((input) => input.side));
  return Math.ceil(Math.max(2 * side, Math.min(wholeWidth, wholeHeight)));
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

export interface PrepareOptions {
  /** Whether faces are to be looked for, which takes a larger picture. */
  readonly faces?: boolean;
  /** As for `decode`. */
  readonly signal?: AbortSignal;
  /** What the nets want, one picture each. */
  readonly inputs: readonly NetInputSpec[];
}

/**
 * What the nets see of a photo, and nothing else: for one that has its thumbnail.
 *
 * @throws AkinError as `prepare` does
 */
export async function drawInputs(
  file: Blob,
  { signal, inputs: specs }: Omit<PrepareOptions, 'faces'>,
): Promise<NetPicture[]> {
  checkFileSize(file.size);
  const content = await fileBytes(file);
  const inspected = inspect(content);
  // As large as for an import: from a smaller one the vector would be another.
  const decoded = await decode(content, inspected, shortSideFor(inspected, specs), signal);
  try {
    const backdrop = inspected.type === 'jpeg' ? WHITE : (backdropOf(decoded) ?? WHITE);
    return specs.map((spec) => drawInput(decoded, backdrop, spec));
  } finally {
    decoded.close();
  }
}

/**
 * Everything that is made of a photo's pixels, in one decode. Decoding and writing the thumbnail
 * happen off the thread; scaling is a few milliseconds on it.
 *
 * @param bytes the file's content, where the caller has it already
 * @throws AkinError `empty-file`, `unsupported-format`, `file-too-large`, `too-many-pixels`,
 *   `damaged-picture`, `unreadable-file`, and those of `decode`
 */
export async function prepare(
  file: Blob,
  bytes: Uint8Array<ArrayBuffer> | undefined,
  { faces = false, signal, inputs: specs }: PrepareOptions,
): Promise<Prepared> {
  if (!bytes) checkFileSize(file.size);
  const content = bytes ?? (await fileBytes(file));
  const inspected = inspect(content);
  const shortSide = faces ? FACE_SHORT_SIDE : shortSideFor(inspected, specs);
  const started = performance.now();
  const decoded = await decode(content, inspected, shortSide, signal);
  const decodedAt = performance.now();
  let inputs: NetPicture[];
  let canvas: OffscreenCanvas;
  let picture: ImageBitmap | null = null;
  let backdrop: string | null = null;
  try {
    if (inspected.type !== 'jpeg') backdrop = backdropOf(decoded);
    inputs = specs.map((spec) => drawInput(decoded, backdrop ?? WHITE, spec));
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
    inputs,
    picture,
    decodeMs: decodedAt - started,
    scaleMs: scaledAt - decodedAt,
    thumbMs: performance.now() - scaledAt,
  };
}
