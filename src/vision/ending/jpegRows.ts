import {
  isFrameMarker,
  type JpegFrame,
  type JpegSegment,
  nextSegment,
  readFrame,
} from '../headers/jpegHeader.ts';
import { type HuffmanTable, huffmanTable, JpegBits } from './jpegBits.ts';
import { readScan, type ScanComponent } from './jpegScan.ts';

/** A progressive picture with more scans is an attack: encoders write a dozen. */
const MOST_SCANS = 100;
/** Coefficients per block. */
const K = 64;

/** Offsets of the symbols of tables by class and number, as defined by `DHT` segments. */
type Tables = Map<number, number>;

/** Reads a `DHT` segment: tables are built only when a scan needs them. */
function defineTables(tables: Tables, bytes: Uint8Array, { start, end }: JpegSegment): void {
  for (let at = start; at + 17 <= end; ) {
    let symbols = 0;
    for (let i = 1; i <= 16; i++) symbols += bytes[at + i]!;
    if (at + 17 + symbols > end) return;
    tables.set(bytes[at]!, at + 1);
    at += 17 + symbols;
  }
}

/** Completeness of a frame, updated scan by scan. */
class Progress {
  readonly frame: JpegFrame;
  readonly #progressive: boolean;
  readonly #known: (Uint32Array | null)[];
  /** (components · 64) rows of pixels with all their bits. */
  readonly #rows: Uint16Array;

  constructor(frame: JpegFrame) {
    this.frame = frame;
    this.#progressive = frame.sof === 0xc2;
    this.#known = frame.components.map(() => null);
    this.#rows = new Uint16Array(frame.components.length * K);
  }

  /** Reads a scan; true if it is complete, leaving `bits` after it. */
  scan(bytes: Uint8Array, segment: JpegSegment, tables: Tables, restartEvery: number): Scanned {
    const { frame } = this;
    const { start, end } = segment;
    const count = bytes[start]!;
    if (count < 1 || count > 4 || end - start < 4 + 2 * count) return undefined;
    const tail = start + 1 + 2 * count;
    const [from, to, approx] = this.#progressive
      ? [bytes[tail]!, bytes[tail + 1]!, bytes[tail + 2]!]
      : [0, K - 1, 0];
    if (from > to || to >= K || (from > 0 && count > 1)) return undefined;
    const made = new Map<number, HuffmanTable | undefined>();
    const table = (id: number): HuffmanTable | undefined => {
      const at = tables.get(id);
      if (at !== undefined && !made.has(id)) made.set(id, huffmanTable(bytes, at));
      return made.get(id);
    };
    const places: number[] = [];
    const components: ScanComponent[] = [];
    const high = approx >> 4;
    for (let i = 0; i < count; i++) {
      const place = frame.components.findIndex(({ id }) => id === bytes[start + 1 + 2 * i]);
      if (place < 0 || places.includes(place)) return undefined;
      const selector = bytes[start + 2 + 2 * i]!;
      const component = this.#component(place, table(selector >> 4), table(16 | (selector & 15)));
      if (from === 0 && high === 0 && !component.dc) return undefined;
      if (to > 0 && (from > 0 || !this.#progressive) && !component.ac) return undefined;
      places.push(place);
      components.push(component);
    }
    const alone = count === 1 ? components[0]! : undefined;
    const mcusHigh = alone?.blocksHigh ?? Math.ceil(frame.height / (8 * frame.vMax));
    const bits = new JpegBits(bytes, end);
    const rows = readScan(bits, {
      components,
      progressive: this.#progressive,
      from,
      to,
      high,
      mcusWide: alone?.blocksWide ?? Math.ceil(frame.width / (8 * frame.hMax)),
      mcusHigh,
      restartEvery,
    });
    // An interleaved row is as tall as the component with the most blocks in it.
    const rowHeight = 8 * (alone ? frame.vMax / alone.v : frame.vMax);
    if ((approx & 15) === 0) {
      for (const place of places) {
        this.#rows.fill(
          Math.min(frame.height, rows * rowHeight),
          place * K + from,
          place * K + to + 1,
        );
      }
    }
    return { whole: rows === mcusHigh, at: bits.at };
  }

  /** Complete rows of pixels. */
  rows(): number {
    return this.#rows.reduce((least, rows) => Math.min(least, rows), this.frame.height);
  }

  #component(
    place: number,
    dc: HuffmanTable | undefined,
    ac: HuffmanTable | undefined,
  ): ScanComponent {
    const { width, height, hMax, vMax, components } = this.frame;
    const { h, v } = components[place]!;
    const blocksWide = Math.ceil(Math.ceil((width * h) / hMax) / 8);
    const blocksHigh = Math.ceil(Math.ceil((height * v) / vMax) / 8);
    if (this.#progressive) this.#known[place] ??= new Uint32Array(2 * blocksWide * blocksHigh);
    return { h, v, blocksWide, blocksHigh, dc, ac, known: this.#known[place]! };
  }
}

type Scanned = { readonly whole: boolean; readonly at: number } | undefined;

/**
 * Counts the rows of a JPEG that decode without loss, by reading its Huffman codes. A row of a
 * progressive picture counts once all of its bits are present. Also 0 for other codings
 * (arithmetic, lossless), which can't be counted this way.
 *
 * @param bytes the whole file, untrusted
 */
export function jpegRows(bytes: Uint8Array): number {
  const tables: Tables = new Map();
  let progress: Progress | undefined;
  let restartEvery = 0;
  let scans = 0;
  let segment = nextSegment(bytes, 2);
  while (segment && segment.marker !== 0xd9) {
    let at = segment.end;
    if (isFrameMarker(segment.marker)) {
      const frame = segment.marker <= 0xc2 ? readFrame(bytes, segment) : undefined;
      if (!frame || progress) return 0;
      progress = new Progress(frame);
    } else if (segment.marker === 0xc4) {
      defineTables(tables, bytes, segment);
    } else if (segment.marker === 0xdd && segment.end - segment.start >= 2) {
      restartEvery = (bytes[segment.start]! << 8) | bytes[segment.start + 1]!;
    } else if (segment.marker === 0xda) {
      if (!progress || ++scans > MOST_SCANS) return 0;
      const scanned = progress.scan(bytes, segment, tables, restartEvery);
      if (!scanned?.whole) break;
      at = scanned.at;
    }
    segment = nextSegment(bytes, at);
  }
  return progress?.rows() ?? 0;
}
