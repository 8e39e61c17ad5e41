import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-wasm';
import { setBackend } from '@tensorflow/tfjs-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NetPicture } from '../types.ts';
import { loadNet, type Net } from './loadNet.ts';
import { readNetSpec } from './spec.ts';
import { bicubicSquare } from './testing/bicubic.ts';
import { committedFiles } from './testing/committedFiles.ts';
import { floatNet } from './testing/floatNet.ts';
import { cosine, farthest, pattern } from './testing/pattern.ts';
import { topClasses } from './topClasses.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Supplied with the weights: a pattern with its features, photos with some of theirs. */
interface Check {
  readonly pattern: { readonly features: number[]; readonly logitsTop5: number[] };
  readonly references: readonly {
    readonly file: string;
    readonly features16: number[];
    readonly norm: number;
    readonly top: [string, number][];
  }[];
}
const data = at('../../../../shared/data');

/** The largest centered square of a photo, as used for the references. */
async function reference(file: string, side: number): Promise<NetPicture> {
  const picture = sharp(`${data}/${file}`);
  const { width, height } = await picture.metadata();
  const square = Math.min(width, height);
  const { data: rgb } = await picture
    .extract({
      left: Math.floor((width - square) / 2),
      top: Math.floor((height - square) / 2),
      width: square,
      height: square,
    })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return bicubicSquare(rgb, square, side);
}

// Photos are decoded and scaled by other code than their references; Lite2 sees more pixels.
describe.each([
  { id: 'efficientnet-lite1', nearly: 0.99, off: 1e-3 },
  { id: 'efficientnet-lite2', nearly: 0.98, off: 1e-2 },
])('$id', ({ id, nearly, off }) => {
  const check = JSON.parse(readFileSync(at(`testing/${id}.check.json`), 'utf8')) as Check;
  const handedOver = `${data}/models/${id.replaceAll('-', '_')}`;
  let side = 0;
  let net: Net;
  /** With the original weights. */
  let float: Net | null;

  beforeAll(async () => {
    await setBackend('wasm');
    const spec = readNetSpec(await committedFiles.json(`${id}/spec.json`));
    side = spec.input.side;
    net = await loadNet(committedFiles, spec, 1);
    float = existsSync(handedOver) ? await loadNet(floatNet(handedOver), spec, 1) : null;
  });

  afterAll(() => {
    net.dispose();
    float?.dispose();
  });

  it('gives nearly the features of its unquantized weights, and their likeliest classes', async () => {
    const { readings, netMs } = await net.run([pattern(side)]);
    const { features, logits } = readings[0]!;
    expect(features).toHaveLength(1280);
    expect(cosine(features, check.pattern.features)).toBeGreaterThan(nearly);
    const { ids } = topClasses([logits!]);
    expect(ids[0]).toBe(check.pattern.logitsTop5[0]);
    expect([...ids]).toContain(check.pattern.logitsTop5[1]);
    expect(netMs).toBeGreaterThan(0);
  });

  if (!existsSync(handedOver)) {
    process.stderr.write(
      `skipped: ${handedOver} is absent, and with it the weights as they were handed over\n`,
    );
  }

  describe.skipIf(!existsSync(handedOver))('as it was converted', () => {
    it('gives the features that came with the pattern', async () => {
      const { features, logits } = (await float!.run([pattern(side)])).readings[0]!;
      expect(farthest(features, check.pattern.features)).toBeLessThan(2e-5);
      expect([...topClasses([logits!]).ids]).toEqual(check.pattern.logitsTop5);
    });

    it('gives those that came with the photos, and the quantized weights nearly those', async () => {
      expect(check.references).toHaveLength(12);
      for (const { file, features16, norm, top } of check.references) {
        const picture = await reference(file, side);
        const { features, logits } = (await float!.run([picture])).readings[0]!;
        expect(farthest(features16, features)).toBeLessThan(off);
        expect(Math.abs(Math.hypot(...features) - norm)).toBeLessThan(5e-3);
        const { probabilities } = topClasses([logits!]);
        for (let i = 0; i < 3; i++) expect(probabilities[i]).toBeCloseTo(top[i]![1], 2);
        const quantized = (await net.run([picture])).readings[0]!;
        expect(cosine(quantized.features, features)).toBeGreaterThan(0.99);
      }
    });
  });
});
