import type { HuffmanTable, JpegBits } from './jpegBits.ts';

/** One component of a scan, and which of its coefficients are known to be nonzero. */
export interface ScanComponent {
  readonly h: number;
  readonly v: number;
  /** Blocks per row and column, without MCU padding. */
  readonly blocksWide: number;
  readonly blocksHigh: number;
  readonly dc: HuffmanTable | undefined;
  readonly ac: HuffmanTable | undefined;
  /** (2 · blocks) one bit per coefficient, for refinement scans; `null` in a sequential picture. */
  readonly known: Uint32Array | null;
}

export interface Scan {
  readonly components: readonly ScanComponent[];
  readonly progressive: boolean;
  /** First and last coefficient, in zigzag order. */
  readonly from: number;
  readonly to: number;
  /** The last bit of the previous scan, 0 in the first scan of these coefficients. */
  readonly high: number;
  /** MCUs per row and column. */
  readonly mcusWide: number;
  readonly mcusHigh: number;
  /** MCUs between restart markers; 0 for none. */
  readonly restartEvery: number;
}

/** Remaining zero-only blocks of a run (`EOBRUN`, ITU-T T.81, G.1.2.2). */
let run = 0;

/**
 * Reads through a scan without decoding pixels.
 *
 * @returns number of complete MCU rows
 */
export function readScan(bits: JpegBits, scan: Scan): number {
  const { components, mcusWide, mcusHigh, restartEvery } = scan;
  const alone = components.length === 1;
  const read = blockReader(scan);
  run = 0;
  let untilRestart = restartEvery;
  for (let row = 0; row < mcusHigh; row++) {
    for (let column = 0; column < mcusWide; column++) {
      if (restartEvery > 0 && untilRestart-- === 0) {
        if (!bits.restart()) return row;
        run = 0;
        untilRestart = restartEvery - 1;
      }
      if (alone) read(bits, components[0]!, row * mcusWide + column, scan);
      else {
        for (const component of components) {
          for (let i = component.h * component.v; i > 0; i--) read(bits, component, 0, scan);
        }
      }
      if (bits.ended) return row;
    }
  }
  return mcusHigh;
}

type ReadBlock = (bits: JpegBits, component: ScanComponent, block: number, scan: Scan) => void;

function blockReader({ progressive, from, high }: Scan): ReadBlock {
  if (!progressive) return sequential;
  if (from === 0) return high === 0 ? firstDc : refineDc;
  return high === 0 ? firstAc : refineAc;
}

const sequential: ReadBlock = (bits, { dc, ac }) => {
  bits.read(Math.min(16, bits.symbol(dc!)));
  for (let k = 1; k < 64 && !bits.ended; k++) {
    const symbol = bits.symbol(ac!);
    const size = symbol & 15;
    if (size === 0) {
      if (symbol !== 0xf0) return;
      k += 15;
    } else {
      k += symbol >> 4;
      bits.read(size);
    }
  }
};

const firstDc: ReadBlock = (bits, { dc }) => {
  bits.read(Math.min(16, bits.symbol(dc!)));
};

const refineDc: ReadBlock = (bits) => {
  bits.read(1);
};

const firstAc: ReadBlock = (bits, { ac, known }, block, { from, to }) => {
  if (run > 0) {
    run -= 1;
    return;
  }
  for (let k = from; k <= to && !bits.ended; k++) {
    const symbol = bits.symbol(ac!);
    const size = symbol & 15;
    const zeros = symbol >> 4;
    if (size === 0) {
      if (zeros < 15) {
        run = (1 << zeros) - 1 + bits.read(zeros);
        return;
      }
      k += 15;
    } else {
      k += zeros;
      bits.read(size);
      if (k < 64) know(known!, block, k);
    }
  }
};

const refineAc: ReadBlock = (bits, { ac, known }, block, { from, to }) => {
  let k = from;
  if (run === 0) {
    for (; k <= to && !bits.ended; k++) {
      const symbol = bits.symbol(ac!);
      let zeros = symbol >> 4;
      const isNew = (symbol & 15) !== 0;
      if (isNew) bits.read(1);
      else if (zeros < 15) {
        run = (1 << zeros) + bits.read(zeros);
        break;
      }
      // Each known coefficient gets one more bit; the zeros between are counted down.
      for (; k <= to && !bits.ended; k++) {
        if (isKnown(known!, block, k)) bits.read(1);
        else if (--zeros < 0) break;
      }
      if (isNew && k <= to) know(known!, block, k);
    }
  }
  if (run === 0) return;
  for (; k <= to && !bits.ended; k++) if (isKnown(known!, block, k)) bits.read(1);
  run -= 1;
};

function know(known: Uint32Array, block: number, k: number): void {
  known[2 * block + (k >> 5)]! |= 1 << (k & 31);
}

function isKnown(known: Uint32Array, block: number, k: number): boolean {
  return ((known[2 * block + (k >> 5)]! >>> (k & 31)) & 1) === 1;
}
