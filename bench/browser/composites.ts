import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Box } from '../../src/base/boxes.ts';
import { createPrng, type Prng } from '../../src/base/prng.ts';
import { shuffle } from '../../src/base/shuffle.ts';

/** Share of a composite's area that the pasted photo covers. */
const SHARES = [0.1, 0.4] as const;
/** Short side of the composites in pixels, so that a small object keeps its detail. */
const SHORT_SIDE = 720;

/** Photos of one class: some are pasted, others only searched with. */
export interface SplitClass {
  readonly name: string;
  readonly pasted: readonly string[];
  readonly others: readonly string[];
}

/** Splits class folders at random: `each` photos to paste and as many others per class. */
export function splitClasses(folder: string, each: number, seed: number): SplitClass[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name }, i) => {
      const paths = picturesOf(join(folder, name));
      shuffle(paths, createPrng(seed + i));
      const count = Math.min(each, paths.length >> 1);
      return { name, pasted: paths.slice(0, count), others: paths.slice(count, 2 * count) };
    });
}

export function picturesOf(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /\.(jpe?g|png|webp)$/i.test(name));
  return names.sort().map((name) => join(folder, name));
}

/** A photo with another one pasted onto it. */
export interface Composite {
  readonly name: string;
  readonly class: string;
  readonly jpeg: Buffer;
  /** The pasted photo, in fractions of the composite. */
  readonly box: Box;
}

/**
 * Where a picture lies in a photo of `width` × `height` if it covers `share` of it, at random, at
 * its own aspect ratio; less if it would stick out.
 */
export function placed(width: number, height: number, aspect: number, share: number, prng: Prng) {
  const side = Math.sqrt(share * width * height);
  const fit = Math.min(1, width / (side * Math.sqrt(aspect)), height / (side / Math.sqrt(aspect)));
  const w = Math.max(1, Math.floor(side * Math.sqrt(aspect) * fit));
  const h = Math.max(1, Math.floor((side / Math.sqrt(aspect)) * fit));
  return { left: prng.below(width - w + 1), top: prng.below(height - h + 1), width: w, height: h };
}

/** Pastes each photo of the classes onto a background of its own, while there are any. */
export async function* composites(
  classes: readonly SplitClass[],
  backgrounds: readonly string[],
  seed: number,
): AsyncGenerator<Composite> {
  const prng = createPrng(seed);
  const below = [...backgrounds];
  shuffle(below, prng);
  let next = 0;
  for (const { name, pasted } of classes) {
    for (const path of pasted) {
      const background = sharp(below[next % below.length]!)
        .rotate()
        .resize(SHORT_SIDE, SHORT_SIDE, { fit: 'outside' });
      const { data, info } = await background
        .removeAlpha()
        .png()
        .toBuffer({ resolveWithObject: true });
      const object = await sharp(path).rotate().toBuffer({ resolveWithObject: true });
      const aspect = object.info.width / object.info.height;
      const share = SHARES[0] + (SHARES[1] - SHARES[0]) * prng.float();
      const { left, top, width, height } = placed(info.width, info.height, aspect, share, prng);
      const input = await sharp(object.data).resize(width, height, { fit: 'fill' }).toBuffer();
      const jpeg = await sharp(data)
        .composite([{ input, left, top }])
        .jpeg({ quality: 92 })
        .toBuffer();
      yield {
        name: `${String(next).padStart(4, '0')}.jpg`,
        class: name,
        jpeg,
        box: {
          x: left / info.width,
          y: top / info.height,
          width: width / info.width,
          height: height / info.height,
        },
      };
      next++;
    }
  }
}
