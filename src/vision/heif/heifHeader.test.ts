import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { inspect } from '../headers/inspect.ts';
import { heifHeader } from './heifHeader.ts';
import { box, fullBox, grid, heifFile, irot, ispe, u16, u32 } from './testing/heifFile.ts';

const data = new Uint8Array(16);
const coded = (type: string, width: number, height: number) => ({
  type,
  data,
  properties: [box('hvcC', [1]), ispe(width, height), irot(1)],
});
const derived = (type: string, madeOf: number[], width: number, height: number) => ({
  type,
  data: grid(1, madeOf.length, width, height),
  properties: [ispe(width, height)],
  madeOf,
});

/** A picture sequence without a still picture, up to its sample description. */
function sequence(handler: string): Uint8Array<ArrayBuffer> {
  const entry = box('hvc1', new Uint8Array(24), u16(640), u16(480), new Uint8Array(50));
  const table = box('stbl', fullBox('stsd', 0, 0, u32(1), entry));
  const media = box('mdia', fullBox('hdlr', 0, 0, u32(0), handler, u32(0)), box('minf', table));
  const movie = box('moov', box('trak', box('tkhd', u32(0)), media));
  const head = box('ftyp', 'hevc', u32(0), 'msf1');
  return Uint8Array.from([...head, ...movie]);
}

describe('heifHeader', () => {
  it('reads the codec and the size before rotation', () => {
    const file = heifFile([coded('hvc1', 4032, 3024)]);
    expect(heifHeader(file)).toEqual({ codec: 'hvc1', width: 4032, height: 3024 });
  });

  it('describes the primary picture, whatever its position', () => {
    const items = [coded('hvc1', 160, 120), coded('av01', 640, 480)];
    expect(heifHeader(heifFile(items))).toMatchObject({ codec: 'hvc1', width: 160 });
    expect(heifHeader(heifFile(items, { primary: 2 }))).toMatchObject({
      codec: 'av01',
      width: 640,
    });
    expect(heifHeader(heifFile(items, { primary: 3 }))).toBeUndefined();
  });

  it('reads the size of a tiled picture and the codec of its tiles', () => {
    const file = heifFile([
      derived('grid', [2, 3], 1000, 512),
      ...[1, 2].map(() => coded('hvc1', 512, 512)),
    ]);
    expect(heifHeader(file)).toEqual({ codec: 'hvc1', width: 1000, height: 512 });
  });

  it('reads the first picture track of a sequence', () => {
    expect(heifHeader(sequence('pict'))).toEqual({ codec: 'hvc1', width: 640, height: 480 });
    expect(heifHeader(sequence('soun'))).toBeUndefined();
  });

  it('returns undefined for pictures derived from themselves or each other', () => {
    expect(heifHeader(heifFile([derived('grid', [1], 100, 100)]))).toBeUndefined();
    const circle = [derived('iden', [2], 100, 100), derived('iden', [1], 100, 100)];
    expect(heifHeader(heifFile(circle))).toBeUndefined();
  });

  it('never throws on corrupted bytes', () => {
    const prng = createPrng(3);
    const file = heifFile([derived('grid', [2], 1000, 512), coded('hvc1', 512, 512)]);
    for (let i = 0; i < 500; i++) {
      const bytes = file.slice(0, prng.below(4) === 0 ? prng.below(file.length) : file.length);
      for (let changes = prng.below(8); changes > 0 && bytes.length > 0; changes--) {
        bytes[prng.below(bytes.length)] = prng.below(256);
      }
      expect(() => heifHeader(bytes)).not.toThrow();
    }
  });
});

describe('inspect', () => {
  it('identifies a HEIC picture and its size', () => {
    expect(inspect(heifFile([coded('hvc1', 40, 30)]))).toEqual({
      type: 'heic',
      mime: 'image/heic',
      width: 40,
      height: 30,
      codec: 'hvc1',
    });
    const brands = ['mif1', 'miaf'];
    expect(inspect(heifFile([coded('av01', 40, 30)], { brands }))).toMatchObject({
      type: 'heic',
      mime: 'image/heif',
      codec: 'av01',
    });
  });

  it.each([
    ['too-many-pixels', heifFile([coded('hvc1', 60_000, 60_000)])],
    ['too-many-pixels', heifFile([derived('grid', [2], 2 ** 32 - 1, 8), coded('hvc1', 8, 8)])],
    ['unsupported-format', heifFile([coded('vvc1', 40, 30)])],
    ['unsupported-format', heifFile([coded('jpeg', 40, 30)])],
    ['damaged-picture', heifFile([coded('hvc1', 0, 30)])],
    ['damaged-picture', heifFile([{ type: 'hvc1', data, properties: [] }])],
    ['damaged-picture', heifFile([coded('hvc1', 40, 30)]).slice(0, -5)],
    ['damaged-picture', box('ftyp', 'heic', u32(0), 'mif1')],
  ])('rejects with %s', (code, file) => {
    expect(() => inspect(file)).toThrow(expect.objectContaining({ code }));
  });
});
