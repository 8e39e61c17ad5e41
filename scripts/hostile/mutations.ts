import type { Prng } from '../../src/base/prng.ts';
import type { Base } from './bases.ts';
import type { Family, HostileFile } from './file.ts';

/** A category that mutates each base in turn. */
function mutation(
  name: string,
  change: (bytes: Buffer, chance: Prng, n: number) => Uint8Array,
): Family {
  return {
    name,
    make(n, chance, bases): HostileFile {
      const base = pick(bases, n);
      const bytes = change(Buffer.from(base.bytes), chance, n);
      return { name: `${name} ${n} ${base.type}.${base.extension}`, bytes };
    },
  };
}

const pick = (bases: readonly Base[], n: number): Base => bases[n % bases.length]!;

/** Lengths and counts that overflow. */
const LENGTHS = [0xffffffff, 0x7fffffff, 0x80000000, 0, 1, 0xfffffff7, 0x00ffffff, 0x10000];
const SIDES = [65_535, 30_000, 0, 1, 16_384, 0x7fffffff];

/** Overwrites the size in a file of any format. */
function writeSize(bytes: Buffer, width: number, height: number): void {
  const at = (mark: Buffer | string) => bytes.indexOf(mark);
  const both = (place: number, write: 'writeUInt16BE' | 'writeUInt16LE', first: number) => {
    if (place < 0 || place + 4 > bytes.length) return;
    const second = first === width ? height : width;
    bytes[write](first & 0xffff, place);
    bytes[write](second & 0xffff, place + 2);
  };
  if (at('IHDR') === 12) {
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
  } else if (bytes.readUInt16BE(0) === 0xffd8) {
    for (const marker of [0xc0, 0xc2]) {
      const start = at(Buffer.from([0xff, marker, 0, 0x11]));
      if (start >= 0) both(start + 5, 'writeUInt16BE', height);
    }
  } else if (at('GIF8') === 0) {
    both(6, 'writeUInt16LE', width);
    both(bytes.indexOf(0x2c, 13) + 5, 'writeUInt16LE', width);
  } else if (at('ispe') > 0) {
    bytes.writeUInt32BE(width, at('ispe') + 8);
    bytes.writeUInt32BE(height, at('ispe') + 12);
  } else if (at('BM') === 0) {
    bytes.writeUInt32LE(width >>> 0, 18);
    bytes.writeUInt32LE(height >>> 0, 22);
  } else if (at('VP8X') === 12) {
    bytes.writeUIntLE((width - 1) & 0xffffff, 24, 3);
    bytes.writeUIntLE((height - 1) & 0xffffff, 27, 3);
  } else if (at('VP8 ') === 12) both(26, 'writeUInt16LE', width);
  else if (at('VP8L') === 12) bytes.writeUInt32LE((width & 0x3fff) | ((height & 0x3fff) << 14), 21);
}

export const mutations: readonly Family[] = [
  mutation('cut off', (bytes, chance) => {
    const places = [bytes.length - 1, bytes.length >> 1, 30, bytes.length - 12];
    const at = places[chance.below(8)] ?? 1 + chance.below(bytes.length - 1);
    return bytes.subarray(0, at);
  }),
  mutation('header changed', (bytes, chance) => {
    for (let i = 0; i <= chance.below(4); i++) {
      bytes[3 + chance.below(Math.min(200, bytes.length) - 3)] = chance.below(256);
    }
    return bytes;
  }),
  mutation('middle changed', (bytes, chance) => {
    for (let i = 0; i <= chance.below(20); i++) {
      bytes[200 + chance.below(Math.max(1, bytes.length - 200))] = chance.below(256);
    }
    return bytes;
  }),
  mutation('length claimed', (bytes, chance) => {
    const at = 4 + chance.below(Math.min(bytes.length, 400) - 8);
    const length = LENGTHS[chance.below(LENGTHS.length)]!;
    if (chance.below(2)) bytes.writeUInt32BE(length, at);
    else bytes.writeUInt32LE(length, at);
    return bytes;
  }),
  mutation('size claimed', (bytes, chance) => {
    const side = () => SIDES[chance.below(SIDES.length)]!;
    writeSize(bytes, side(), side());
    return bytes;
  }),
  mutation('part repeated', (bytes, chance) => {
    const from = chance.below(bytes.length);
    const part = bytes.subarray(from, from + 1 + chance.below(300));
    const times = 1 + chance.below(2000);
    return Buffer.concat([
      bytes.subarray(0, from),
      ...Array(times).fill(part),
      bytes.subarray(from),
    ]);
  }),
  mutation('part missing', (bytes, chance) => {
    const from = chance.below(bytes.length);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + chance.below(60))]);
  }),
  mutation('zeros', (bytes, chance) => {
    const from = chance.below(bytes.length);
    return bytes.fill(0, from, from + 1 + chance.below(bytes.length - from));
  }),
];
