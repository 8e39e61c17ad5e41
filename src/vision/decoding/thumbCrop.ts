import { THUMB_SIDE } from '../types.ts';

/**
 * A grid crops strips and panoramas to these aspect ratios, width / height: `shownAspect` in
 * `src/ui/pure/gallery/justify.ts`.
 */
const NARROWEST = 0.45;
const WIDEST = 3.2;

/** A thumbnail's size, and its position within the whole picture at the same scale, in pixels. */
export interface ThumbCrop {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly wholeWidth: number;
  readonly wholeHeight: number;
}

/**
 * Computes what a thumbnail shows: the whole picture, its long side at most `THUMB_SIDE`; the
 * middle of one that is longer than a grid shows it. Scaled down whole, 20,000 × 500 pixels would
 * be 384 × 10.
 */
export function thumbCrop(width: number, height: number): ThumbCrop {
  const shownWidth = Math.min(width, height * WIDEST);
  const shownHeight = Math.min(height, width / NARROWEST);
  const scale = Math.min(1, THUMB_SIDE / Math.max(shownWidth, shownHeight));
  const side = (pixels: number): number => Math.max(1, Math.round(pixels * scale));
  const crop = { width: side(shownWidth), height: side(shownHeight) };
  // Uncropped, the whole equals the thumbnail to the pixel.
  const wholeWidth = shownWidth < width ? width * scale : crop.width;
  const wholeHeight = shownHeight < height ? height * scale : crop.height;
  return {
    ...crop,
    left: (wholeWidth - crop.width) / 2,
    top: (wholeHeight - crop.height) / 2,
    wholeWidth,
    wholeHeight,
  };
}
