import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import { whyNoHeifEnc } from '../../../scripts/heifEnc.ts';
import { AkinError } from '../../base/errors.ts';
import { createPrng } from '../../base/prng.ts';
import { decodeHeif } from './libheif.ts';
import { encodeHeic } from './testing/encode.ts';
import { allBoxes, codedOf, grid, heifFile, ispe } from './testing/heifFile.ts';
import { startLibheif } from './testing/library.ts';

// Most tests run an encoder, which is slow on some machines.
vi.setConfig({ testTimeout: 60_000 });

const WIDTH = 256;
const HEIGHT = 192;
const CODES = ['damaged-picture', 'unsupported-format', 'decoder-failed'];
/** Far more than such a small picture needs, and less than a malicious file could request. */
const MOST_HEAP = 256 * 2 ** 20;
const MUTATIONS = 60;

const missing = whyNoHeifEnc();

describe.skipIf(missing)('decodeHeif with hostile files', async () => {
  // The tests are listed by what they are about to decode, so listing them needs the encoder, too.
  if (missing) return it('rejects them', () => expect.unreachable());
  const background = '#888';
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 };
  const png = await sharp({
    create: { width: WIDTH, height: HEIGHT, channels: 3, background, noise },
  })
    .png()
    .toBuffer();
  const file = encodeHeic([png], ['-q', '40']);
  const coded = codedOf(file);
  const picture = {
    type: 'hvc1',
    data: coded.data,
    properties: [coded.hvcC, ispe(WIDTH, HEIGHT)],
  };
  let lib = startLibheif();

  /** The outcome for a file: decoded, or its error code. */
  const fate = (bytes: Uint8Array): string => {
    try {
      decodeHeif(lib, bytes, 768);
      return 'decoded';
    } catch (thrown) {
      if (thrown instanceof AkinError) return thrown.code;
      // As in the worker: the library can't be used after a crash.
      lib = startLibheif();
      return 'broken';
    }
  };

  const expectUnharmed = () => {
    expect(fate(file)).toBe('decoded');
    expect(lib.HEAPU8.length).toBeLessThan(MOST_HEAP);
  };

  it('rejects a file truncated anywhere before the end of its picture', () => {
    for (let share = 0; share < 0.95; share += 0.05) {
      expect(CODES).toContain(fate(file.slice(0, Math.floor(file.length * share))));
    }
    expectUnharmed();
  });

  it.each([
    ['smaller than it is', [{ ...picture, properties: [coded.hvcC, ispe(10, 10)] }]],
    ['larger than it is', [{ ...picture, properties: [coded.hvcC, ispe(9000, 9000)] }]],
    ['without end', [{ ...picture, properties: [coded.hvcC, ispe(2 ** 32 - 1, 2 ** 32 - 1)] }]],
    [
      'made of itself',
      [
        {
          type: 'grid',
          data: grid(1, 1, WIDTH, HEIGHT),
          properties: [ispe(WIDTH, HEIGHT)],
          madeOf: [1],
        },
      ],
    ],
    [
      'made of more tiles than there are',
      [
        {
          type: 'grid',
          data: grid(256, 256, WIDTH, HEIGHT),
          properties: [ispe(WIDTH, HEIGHT)],
          madeOf: [2],
        },
        picture,
      ],
    ],
  ])('rejects a picture that claims to be %s', (_what, items) => {
    expect(CODES).toContain(fate(heifFile(items)));
    expectUnharmed();
  });

  it('crashes on two hundred nested copies and works again after a restart', () => {
    const copies = Array.from({ length: 200 }, (_, i) => ({
      type: 'iden',
      data: new Uint8Array(0),
      properties: picture.properties.slice(1),
      madeOf: [i + 2],
    }));
    expect(fate(heifFile([...copies, picture]))).toBe('broken');
    expectUnharmed();
  });

  it('decodes or rejects files with corrupted boxes', () => {
    const prng = createPrng(1);
    const boxes = allBoxes(file).filter(({ kind }) => kind !== 'mdat');
    for (let i = 0; i < MUTATIONS; i++) {
      const bytes = file.slice();
      for (let changes = prng.below(6) + 1; changes > 0; changes--) {
        const { start, end } = boxes[prng.below(boxes.length)]!;
        // The size of the box, or any of its bytes.
        if (prng.below(3) === 0) bytes.set([0, 0, 0, prng.below(20)], start - 8);
        else bytes[start - 8 + prng.below(end - start + 8)] = prng.below(256);
      }
      expect(['decoded', 'broken', ...CODES], `mutation ${i}`).toContain(fate(bytes));
    }
    expectUnharmed();
  });

  it('decodes or rejects files with corrupted coded data', () => {
    const prng = createPrng(2);
    const { start, end } = allBoxes(file).find(({ kind }) => kind === 'mdat')!;
    for (let i = 0; i < MUTATIONS; i++) {
      const bytes = file.slice();
      // The headers are at the start.
      const length = i % 2 === 0 ? end - start : 60;
      for (let changes = prng.below(20) + 1; changes > 0; changes--) {
        bytes[start + prng.below(length)] = prng.below(256);
      }
      expect(['decoded', 'broken', ...CODES], `mutation ${i}`).toContain(fate(bytes));
    }
    expectUnharmed();
  });
});
