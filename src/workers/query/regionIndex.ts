import {
  bitmapBytes,
  FlatIndex,
  type Kernels,
  loadIndex,
  setBit,
  trainIndex,
  type VectorIndex,
  type VectorSpace,
} from '../../ann/index.ts';
import type { PhotoId, RegionBox } from '../../protocol/index.ts';
import {
  type PhotoRegionVectors,
  REGIONS_PER_PHOTO,
  type RegionVectors,
  windowBox,
} from '../../store/index.ts';
import { dot } from '../../vision/cosines.ts';

/** Bytes of a photo's view, and of its view and windows. */
const VIEW = 4;
const PLACE = VIEW + REGIONS_PER_PHOTO;
/** Regions from which on they are coded. */
export const CODED_FROM = 2_000;
/** Regions that codes are trained on. */
const MOST_TRAINED = 8_000;
/** Bytes per code, at most. */
const MOST_M = 64;
/** Photos coded at a time: 1.5 MB at `d` = 384. */
const SLICE = 250;

/** Photos found by codes that are compared by their stored vectors: 1.5 KB are read for each. */
const REFINED = 100;

/** A photo found by one of its parts. */
export interface RegionHit {
  readonly id: PhotoId;
  readonly score: number;
  readonly box: RegionBox;
}

/** Another space, in which the best parts are compared once they are found. */
export interface ComparedIn {
  /** The query there, of unit length. */
  readonly query: Float32Array;
  /** A part's vector there. */
  readonly extend: (vector: Float32Array) => Float32Array;
}

export interface RegionIndexOptions {
  readonly kernels: Kernels;
  readonly store: Pick<RegionVectors, 'of' | 'ids' | 'saved' | 'save'>;
  /** Id and `d` of the photos' space. */
  readonly space: { readonly id: string; readonly d: number };
  /** Whether searches may find a photo. */
  readonly isLive: (id: PhotoId) => boolean;
  /** Lets the worker handle calls during long work. */
  readonly pause: () => Promise<void>;
}

/**
 * The index of parts of photos, by inner product: exact while there are few, then product-quantized
 * codes, and exact vectors of the last few photos. A row is a part: row `4 · p + r + 1` is part `r`
 * of the `p`-th photo. The codes are saved; damaged ones are made again from the stored vectors.
 */
export class RegionIndex {
  readonly #options: RegionIndexOptions;
  readonly #space: VectorSpace;
  readonly #d: number;
  #photos: PhotoId[] = [];
  /** `PLACE` bytes per photo: its view in steps of 1/255, and its windows. */
  #regionPlaces: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #places = new Map<PhotoId, number>();
  #coded: VectorIndex | null = null;
  #added: FlatIndex;
  #reading: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: RegionIndexOptions) {
    this.#options = options;
    this.#d = options.space.d;
    this.#space = { spaceId: `${options.space.id}/regions`, metric: 'ip', d: this.#d };
    this.#added = new FlatIndex(options.kernels, this.#space);
  }

  /** Photos with regions, and the bytes that these take in memory. */
  get size(): { readonly photos: number; readonly bytes: number } {
    // Ids of photos count with their views.
    const places = (PLACE + 4) * this.#photos.length;
    const bytes = (this.#coded?.bytes ?? 0) + this.#added.bytes + places;
    return { photos: this.#photos.length, bytes };
  }

  /** Reads all regions of the space. */
  open(): Promise<void> {
    return this.#inTurn(async () => {
      const { store, space } = this.#options;
      await this.#load();
      const ids = (await store.ids(space.id)).filter((id) => !this.#places.has(id));
      if (this.#coded === null && REGIONS_PER_PHOTO * ids.length >= CODED_FROM) {
        // Their exact vectors are never all in memory.
        for (const id of ids) this.#register(id);
        return this.#code();
      }
      this.#add(await store.of(space, ids));
      await this.#codeIfMany();
    });
  }

  /** Adds photos that were stored. */
  add(ids: readonly PhotoId[]): Promise<void> {
    return this.#inTurn(async () => {
      const missing = ids.filter((id) => !this.#places.has(id));
      if (missing.length === 0 || this.#closed) return;
      this.#add(await this.#options.store.of(this.#options.space, missing));
      await this.#codeIfMany();
    });
  }

  /** Forgets all, since the library was emptied. */
  clear(): Promise<void> {
    return this.#inTurn(async () => this.#empty());
  }

  close(): void {
    this.#closed = true;
    void this.clear();
  }

  /**
   * The photos with the best parts, best first, each once.
   *
   * @param query `d` values, unit length
   * @param among the only photos to find; all live ones if omitted
   * @param other gives the scores of the best, which then are the only ones
   */
  async search(
    query: Float32Array,
    k: number,
    among?: readonly PhotoId[],
    other?: ComparedIn,
  ): Promise<readonly RegionHit[]> {
    const allowed = among && this.#bitmapOf(among);
    // All parts of a photo may be among the best, and hidden photos are only left out below.
    const options = { k: 2 * REGIONS_PER_PHOTO * k, ...(allowed && { allowed }) };
    const best = new Map<number, { readonly score: number; readonly row: number }>();
    for (const index of [this.#coded, this.#added]) {
      if (!index || index.live === 0) continue;
      const { ids, scores } = index.search(query, options);
      for (const [i, row] of ids.entries()) {
        const place = Math.floor((row - 1) / REGIONS_PER_PHOTO);
        const score = scores[i]!;
        if (score > (best.get(place)?.score ?? Number.NEGATIVE_INFINITY)) {
          best.set(place, { score, row });
        }
      }
    }
    const found = [...best]
      .map(([place, { score, row }]) => ({
        id: this.#photos[place]!,
        score,
        box: this.#boxOf(place, row),
      }))
      .filter(({ id }) => this.#options.isLive(id))
      .sort(bestFirst);
    if (other) {
      const compared = await this.#refine(query, found.slice(0, REFINED), other);
      return compared.sort(bestFirst).slice(0, k);
    }
    const refined = this.#coded ? await this.#refine(query, found.slice(0, REFINED)) : [];
    const exact = new Set(refined.map(({ id }) => id));
    return [...refined, ...found.filter(({ id }) => !exact.has(id))].sort(bestFirst).slice(0, k);
  }

  /** Compares photos by their stored vectors: codes round too much to tell the best apart. */
  async #refine(
    query: Float32Array,
    hits: readonly RegionHit[],
    other?: ComparedIn,
  ): Promise<RegionHit[]> {
    const ids = hits.map(({ id }) => id);
    const rows = await this.#options.store.of(this.#options.space, ids);
    return rows.map(({ id, view, windows, vectors }) => {
      let score = Number.NEGATIVE_INFINITY;
      let best = 0;
      for (let r = 0; r < REGIONS_PER_PHOTO; r++) {
        let sum = 0;
        for (let i = 0; i < this.#d; i++) sum += query[i]! * vectors[r * this.#d + i]!;
        if (sum > score) [score, best] = [sum, r];
      }
      const box = windowBox(view, windows[best]!);
      if (!other) return { id, score, box };
      const part = vectors.subarray(best * this.#d, (best + 1) * this.#d);
      return { id, score: dot(other.query, other.extend(part)), box };
    });
  }

  #boxOf(place: number, row: number): RegionBox {
    const bytes = this.#regionPlaces.subarray(PLACE * place, PLACE * (place + 1));
    const [x, y, width, height] = bytes;
    const view = { x: x! / 255, y: y! / 255, width: width! / 255, height: height! / 255 };
    return windowBox(view, bytes[VIEW + ((row - 1) % REGIONS_PER_PHOTO)]!);
  }

  #bitmapOf(photos: readonly PhotoId[]): Uint8Array {
    const bitmap = new Uint8Array(bitmapBytes(REGIONS_PER_PHOTO * this.#photos.length + 1));
    for (const id of photos) {
      const place = this.#places.get(id);
      if (place === undefined) continue;
      for (let r = 0; r < REGIONS_PER_PHOTO; r++) {
        setBit(bitmap, REGIONS_PER_PHOTO * place + r + 1, true);
      }
    }
    return bitmap;
  }

  #add(photos: readonly PhotoRegionVectors[]): void {
    for (const photo of photos) {
      const { id, vectors } = photo;
      if (this.#places.has(id)) continue;
      const place = this.#register(id);
      this.#setPlace(place, photo);
      for (let r = 0; r < REGIONS_PER_PHOTO; r++) {
        const vector = vectors.subarray(r * this.#d, (r + 1) * this.#d);
        this.#added.add(REGIONS_PER_PHOTO * place + r + 1, vector);
      }
    }
  }

  /** Loads the saved codes, if any are usable. */
  async #load(): Promise<void> {
    const { kernels, store, space } = this.#options;
    const saved = this.#photos.length === 0 ? await store.saved(space.id) : null;
    if (!saved) return;
    try {
      const coded = loadIndex(kernels, saved.codes, this.#space);
      if ((coded.liveIds().at(-1) ?? 0) > REGIONS_PER_PHOTO * saved.photos.length) {
        coded.dispose();
        return;
      }
      this.#coded = coded;
    } catch {
      return;
    }
    for (const id of saved.photos) this.#register(id);
    this.#regionPlaces.set(saved.places);
  }

  #register(id: PhotoId): number {
    const place = this.#photos.push(id) - 1;
    this.#places.set(id, place);
    if (PLACE * place >= this.#regionPlaces.length) {
      const photos = Math.max(128, Math.ceil(1.25 * place));
      const grown = new Uint8Array(PLACE * photos);
      grown.set(this.#regionPlaces);
      this.#regionPlaces = grown;
    }
    return place;
  }

  #setPlace(place: number, { view: { x, y, width, height }, windows }: PhotoRegionVectors): void {
    const sides = [x, y, width, height].map((side) => Math.round(255 * side));
    this.#regionPlaces.set(sides, PLACE * place);
    this.#regionPlaces.set(windows, PLACE * place + VIEW);
  }

  async #codeIfMany(): Promise<void> {
    const coded = this.#coded?.live ?? 0;
    if (this.#added.live >= Math.max(CODED_FROM, coded / 32)) await this.#code();
  }

  /** Codes all photos, with codebooks trained on a sample of them. */
  async #code(): Promise<void> {
    const { kernels, store, space, pause } = this.#options;
    const control = { pause, aborted: () => this.#closed };
    const sample = await this.#sample();
    const builder = await trainIndex(
      kernels,
      this.#space,
      { kind: 'pq', M: codeBytesFor(this.#d), nbits: 8, rerank: 'none' },
      sample,
      control,
    );
    try {
      const until = this.#photos.length;
      for (let from = 0; from < until; from += SLICE) {
        const rows = await store.of(space, this.#photos.slice(from, Math.min(until, from + SLICE)));
        if (this.#closed) return;
        for (const row of rows) {
          const { id, vectors } = row;
          const place = this.#places.get(id)!;
          this.#setPlace(place, row);
          const first = REGIONS_PER_PHOTO * place + 1;
          builder.add([first, first + 1, first + 2, first + 3], vectors);
        }
        await pause();
      }
      const next = builder.seal();
      this.#coded?.dispose();
      this.#coded = next;
      this.#added.dispose();
      this.#added = new FlatIndex(kernels, this.#space);
      await store.save(space.id, {
        photos: Uint32Array.from(this.#photos),
        places: this.#regionPlaces.slice(0, PLACE * until),
        codes: next.serialize(),
      });
    } finally {
      builder.dispose();
    }
  }

  /** Vectors of photos spread evenly over all. */
  async #sample(): Promise<Float32Array> {
    const step = Math.max(1, (REGIONS_PER_PHOTO * this.#photos.length) / MOST_TRAINED);
    const ids: PhotoId[] = [];
    for (let at = 0; at < this.#photos.length; at += step) ids.push(this.#photos[Math.floor(at)]!);
    const rows = await this.#options.store.of(this.#options.space, ids);
    const sample = new Float32Array(rows.length * REGIONS_PER_PHOTO * this.#d);
    for (const [i, { vectors }] of rows.entries()) sample.set(vectors, i * vectors.length);
    return sample;
  }

  #empty(): void {
    this.#photos = [];
    this.#places = new Map();
    this.#coded?.dispose();
    this.#coded = null;
    this.#added.dispose();
    this.#added = new FlatIndex(this.#options.kernels, this.#space);
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#reading.then(work);
    this.#reading = done.catch(() => {}); /* reported to its caller */
    return done;
  }
}

function bestFirst(a: RegionHit, b: RegionHit): number {
  return b.score - a.score || a.id - b.id;
}

/** The largest number of bytes per code that divides `d` evenly. */
export function codeBytesFor(d: number): number {
  for (let M = Math.min(MOST_M, d); M > 1; M--) if (d % M === 0) return M;
  return 1;
}
