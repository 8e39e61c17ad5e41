import { THUMB_SIDE } from '../types.ts';

/** A grid crops strips and panoramas to these, width / height: `shownAspect` in `src/ui/pure/gallery/justify.ts`. */
const NARROWEST = 0.45;
const WIDEST = 3.2;

/** A thumbnail, in its pixels: its own size, and where in the whole picture, scaled as it is, it lies. */
export interface ThumbCrop {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly wholeWidth: number;
  readonly wholeHeight: number;
}

/**
 * What a thumbnail shows: the whole picture, its long side `THUMB_SIDE` at most. Of one that is longer
 * than a grid shows it, the middle: scaled down whole, 20,000 × 500 pixels would be 384 × 10.
 */
export function thumbCrop(width: number, height: number): ThumbCrop {
  const shownWidth = Math.min(width, height * WIDEST);
  const shownHeight = Math.min(height, width / NARROWEST);
  const scale = Math.min(1, THUMB_SIDE / Math.max(shownWidth, shownHeight));
  const side = (pixels: number): number => Math.max(1, Math.round(pixels * scale));
  const crop = { width: side(shownWidth), height: side(shownHeight) };
  // Where nothing is cut off, the whole is the thumbnail, to the pixel.
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
