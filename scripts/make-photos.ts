/**
 * Makes photos of 2 to 12 megapixels for the ingest benchmark from a folder of smaller ones:
 * upscaled, cropped to common aspect ratios, with camera-like grain, so their size and decoding
 * cost are those of camera JPEGs. Seeded: the same files each time.
 *
 *   npm run bench:photos -- <source folder> <target folder> --count 500
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string', default: '500' } },
});
const [source, target] = positionals;
if (!source || !target) throw new Error('Give a source and a target folder.');
const count = Number(values.count);
const names = readdirSync(source).filter((name) => /\.(jpe?g|png|webp)$/i.test(name));
if (names.length === 0) throw new Error(`${source} holds no pictures.`);

/** Megapixels and aspect ratios in turn: phones of several years, and a compact camera. */
const SIZES = [
  [1920, 1080],
  [3264, 2448],
  [2448, 3264],
  [4032, 3024],
  [2048, 1536],
  [3024, 4032],
  [2592, 1944],
  [4000, 3000],
] as const;

/** The grain of each size, generated once because it is the most expensive step. */
const grains = await Promise.all(
  SIZES.map(async ([width, height]) => {
    const noise = { type: 'gaussian' as const, mean: 128, sigma: 6 };
    const create = { width, height, channels: 3 as const, background: '#808080', noise };
    const input = await sharp({ create }).raw().toBuffer();
    return { input, raw: { width, height, channels: 3 as const }, blend: 'soft-light' as const };
  }),
);

mkdirSync(target, { recursive: true });
for (let i = 0; i < count; i++) {
  const [width, height] = SIZES[i % SIZES.length]!;
  await sharp(join(source, names[i % names.length]!))
    .resize(width, height, { fit: 'cover' })
    .modulate({ brightness: 1 + 0.002 * Math.floor(i / names.length) })
    .composite([grains[i % SIZES.length]!])
    .jpeg({ quality: 90 })
    .toFile(join(target, `photo-${String(i).padStart(4, '0')}.jpg`));
  if (i % 50 === 49) console.error(`${i + 1} of ${count}`);
}
