import type { Decoded } from './decoded.ts';

/** Backdrops for pictures with transparent parts, as CSS colors; the first is the default. */
const BACKDROPS = [
  ['#ffffff', 255],
  ['#262626', 38],
  ['#808080', 128],
] as const;

/** Pixels nearer to the backdrop than this, of 255, are indistinguishable from it. */
const LEAST_CONTRAST = 51;
/** How much more of a picture another backdrop must show to be preferred over an earlier one. */
const CLEARLY = 0.05;

/**
 * Chooses the backdrop that shows most of a picture: white, unless much of the picture is so light
 * that it would vanish; dark for white drawings; gray for those with both. The nets, the thumbnail
 * and the page use the same one, so that search matches what is seen.
 *
 * @param rgba pixels, not premultiplied, 4 bytes each
 * @returns a CSS color `#rrggbb`; `null` if every pixel is opaque
 */
export function chooseBackdrop(rgba: Uint8ClampedArray): string | null {
  let weight = 0;
  const seen = BACKDROPS.map(() => 0);
  for (let i = 0; i < rgba.length; i += 4) {
    const alpha = rgba[i + 3]!;
    // Rec. 709's weights applied to the stored values approximate perceived lightness.
    const light = 0.2126 * rgba[i]! + 0.7152 * rgba[i + 1]! + 0.0722 * rgba[i + 2]!;
    weight += alpha;
    for (let b = 0; b < BACKDROPS.length; b++) {
      if (Math.abs(light - BACKDROPS[b]![1]) >= LEAST_CONTRAST) seen[b]! += alpha;
    }
  }
  if (weight === 255 * (rgba.length / 4)) return null;
  let best = 0;
  for (let b = 1; b < BACKDROPS.length; b++) {
    if (seen[b]! > seen[best]! + CLEARLY * weight) best = b;
  }
  return BACKDROPS[best]![0];
}

/** Side of the square that a picture is scaled to for analysis. */
const LOOK_SIDE = 96;

let look: OffscreenCanvasRenderingContext2D | null | undefined;

/**
 * The backdrop of a decoded picture: see `chooseBackdrop`. None if the browser provides no canvas.
 *
 * @returns a CSS color; `null` for a picture without transparent parts
 */
export function backdropOf({ source }: Pick<Decoded, 'source'>): string | null {
  look ??= new OffscreenCanvas(LOOK_SIDE, LOOK_SIDE).getContext('2d', {
    colorSpace: 'srgb',
    willReadFrequently: true,
  });
  if (!look) return null;
  look.imageSmoothingQuality = 'high';
  look.clearRect(0, 0, LOOK_SIDE, LOOK_SIDE);
  look.drawImage(source, 0, 0, LOOK_SIDE, LOOK_SIDE);
  return chooseBackdrop(look.getImageData(0, 0, LOOK_SIDE, LOOK_SIDE).data);
}
