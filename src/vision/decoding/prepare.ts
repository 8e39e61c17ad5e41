import type { Box } from '../../base/boxes.ts';
import type { ColorDescriptor } from '../../base/colors/descriptor.ts';
import { AkinError } from '../../base/errors.ts';
import { colorsOf } from '../colors/colorsOf.ts';
import { checkFileSize, type Inspected, inspect, MAX_PIXELS } from '../headers/inspect.ts';
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
/** Irrelevant under an opaque picture. */
const WHITE = '#ffffff';

type Context = OffscreenCanvasRenderingContext2D;

function canvasContext(width: number, height: number, willReadFrequently: boolean): Context {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { colorSpace: 'srgb', willReadFrequently });
  if (context === null) throw new AkinError('internal', 'The browser gave no canvas to draw on.');
  context.imageSmoothingQuality = 'high';
  return context;
}

// Drawn to and read back without an await in between, so all photos can share them.
const contexts = new Map<string, Context>();

const WHOLE: Box = { x: 0, y: 0, width: 1, height: 1 };

/** Draws the part of a picture that a net sees, over its backdrop. */
function drawInput(
  { source, width, height }: Decoded,
  backdrop: string,
  spec: NetInputSpec,
  box = WHOLE,
): NetPicture {
  // At least a pixel, so that a sliver has a finite scale.
  const shape = inputShape(Math.max(1, width * box.width), Math.max(1, height * box.height), spec);
  const size = `${shape.width}x${shape.height}`;
  const context = contexts.get(size) ?? canvasContext(shape.width, shape.height, true);
  contexts.set(size, context);
  context.fillStyle = backdrop;
  context.fillRect(0, 0, shape.width, shape.height);
  // Draw the whole picture; parts outside the canvas are clipped.
  const [across, down] = [shape.width / shape.sourceWidth, shape.height / shape.sourceHeight];
  const x = -(width * box.x + shape.left) * across;
  const y = -(height * box.y + shape.top) * down;
  context.drawImage(source, x, y, width * across, height * down);
  const rgba = context.getImageData(0, 0, shape.width, shape.height).data;
  const view = {
    x: box.x + shape.left / width,
    y: box.y + shape.top / height,
    width: shape.sourceWidth / width,
    height: shape.sourceHeight / height,
  };
  return { rgba, width: shape.width, height: shape.height, view };
}

/**
 * Short side in pixels needed for the nets' inputs and the thumbnail. A larger JPEG is decoded
 * straight to about this size, which its transform allows at a fraction of the cost. Twice the
 * nets' input size, since scaling by the transform alone shifts features: see docs/embedding.md.
 */
function shortSideFor({ width, height }: Inspected, inputs: readonly NetInputSpec[]): number {
  const { wholeWidth, wholeHeight } = thumbCrop(width, height);
  const side = Math.max(...inputs.map((input) => input.side));
  return Math.ceil(Math.max(2 * side, Math.min(wholeWidth, wholeHeight)));
}

/** The same for a part of a picture, which needs a larger picture to be as sharp. */
function shortSideForBox(inspected: Inspected, inputs: readonly NetInputSpec[], box: Box): number {
  const { width, height } = inspected;
  const short = Math.min(width, height);
  // The size is that before the picture is turned, so the box may lie either way.
  const part = Math.max(1, short * Math.min(box.width, box.height));
  const needed = Math.ceil((shortSideFor(inspected, inputs) * short) / part);
  // Pictures with more pixels are accepted because they need not be decoded whole.
  return width * height > MAX_PIXELS ? Math.min(needed, FACE_SHORT_SIDE) : Math.min(needed, short);
}

function drawThumb({ source, width, height }: Decoded, backdrop: string): OffscreenCanvas {
  const thumb = thumbCrop(width, height);
  const context = canvasContext(thumb.width, thumb.height, true);
  context.fillStyle = backdrop;
  context.fillRect(0, 0, thumb.width, thumb.height);
  // Draw the whole picture; parts outside the canvas are clipped.
  const { left, top, wholeWidth, wholeHeight } = thumb;
  context.drawImage(source, -left, -top, wholeWidth, wholeHeight);
  return context.canvas;
}

export interface PrepareOptions {
  /** Whether to scan for faces, which needs a larger picture. */
  readonly faces?: boolean;
  /** As for `decode`. */
  readonly signal?: AbortSignal;
  /** One input per net. */
  readonly inputs: readonly NetInputSpec[];
}

interface DrawOptions extends Omit<PrepareOptions, 'faces'> {
  /** The part to draw, in fractions of the picture as seen; the whole picture by default. */
  readonly box?: Box | undefined;
}

/**
 * Draws only the nets' inputs of a picture, such as a photo that already has its thumbnail.
 *
 * @throws AkinError as `prepare`
 */
export function drawInputs(file: Blob, options: DrawOptions): Promise<NetPicture[]> {
  const { inputs: specs, box } = options;
  return drawn(file, options, (decoded, backdrop) =>
    specs.map((spec) => drawInput(decoded, backdrop, spec, box)),
  );
}

/** What a search compares of a picture. */
export interface QueryPicture {
  readonly inputs: readonly NetPicture[];
  /** Of the whole picture; absent for a part of it. */
  readonly colors?: ColorDescriptor;
}

/**
 * The nets' inputs and the colors of a picture that is only searched with.
 *
 * @throws AkinError as `prepare`
 */
export function drawQuery(file: Blob, options: DrawOptions): Promise<QueryPicture> {
  const { inputs: specs, box } = options;
  return drawn(file, options, (decoded, backdrop) => ({
    inputs: specs.map((spec) => drawInput(decoded, backdrop, spec, box)),
    ...(!box && { colors: colorsOf(drawThumb(decoded, backdrop)) }),
  }));
}

async function drawn<T>(
  file: Blob,
  { signal, inputs: specs, box }: DrawOptions,
  draw: (decoded: Decoded, backdrop: string) => T,
): Promise<T> {
  checkFileSize(file.size);
  const content = await fileBytes(file);
  const inspected = inspect(content);
  // As large as for an import: a smaller one would change the vector.
  const shortSide = box ? shortSideForBox(inspected, specs, box) : shortSideFor(inspected, specs);
  const decoded = await decode(content, inspected, shortSide, signal);
  try {
    const backdrop = inspected.type === 'jpeg' ? WHITE : (backdropOf(decoded) ?? WHITE);
    return draw(decoded, backdrop);
  } finally {
    decoded.close();
  }
}

/**
 * Creates everything derived from a photo's pixels in one decode. Decoding and writing the
 * thumbnail are asynchronous; scaling takes a few milliseconds on this thread.
 *
 * @param bytes the file's content, if the caller already has it
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
  const colors = colorsOf(canvas);
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
    colors,
    inputs,
    picture,
    decodeMs: decodedAt - started,
    scaleMs: scaledAt - decodedAt,
    thumbMs: performance.now() - scaledAt,
  };
}
