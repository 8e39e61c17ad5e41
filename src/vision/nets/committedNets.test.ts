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

/** Reference results supplied with the weights, for a pattern and for photos. */
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

/** The largest centered square of a photo, as cropped for the reference results. */
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

// The reference results used another decoder and scaler; the larger input of Lite2 differs more.
describe.each([
  { id: 'efficientnet-lite1', nearly: 0.99, off: 1e-3 },
  { id: 'efficientnet-lite2', nearly: 0.98, off: 1e-2 },
])('$id', ({ id, nearly, off }) => {
  const check = JSON.parse(readFileSync(at(`testing/${id}.check.json`), 'utf8')) as Check;
  const handedOver = `${data}/models/${id.replaceAll('-', '_')}`;
  let side = 0;
  let net: Net;
  /** The net with its original weights. */
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

  it('approximates the features of the unquantized weights and keeps their top classes', async () => {
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

  describe.skipIf(!existsSync(handedOver))('before quantization', () => {
    it('reproduces the reference features of the pattern', async () => {
      const { features, logits } = (await float!.run([pattern(side)])).readings[0]!;
      expect(farthest(features, check.pattern.features)).toBeLessThan(2e-5);
      expect([...topClasses([logits!]).ids]).toEqual(check.pattern.logitsTop5);
    });

    it('reproduces the reference results of the photos, which the quantized weights approximate', async () => {
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
