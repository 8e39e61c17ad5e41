import { LEAST_ZOOM } from './view.ts';

const MOST_THUMB = 190;
/** Thumbnails grow by this power of the zoom: less than the distances between photos do. */
const GROWTH = 0.42;
/** Where a photo has this many square pixels on average, thumbnails say more than points. */
const ROOM = 680;
/** Zoom steps per doubling. */
const STEPS = 2;
const MOST_LEVELS = 24;
const NEVER = 255;

/**
 * Scale in CSS pixels per map unit from which photos are drawn as thumbnails.
 *
 * @param fit scale at which the whole map is seen
 * @param area of the canvas in square CSS pixels
 */
export function thumbScale(photos: number, fit: number, area: number): number {
  return fit * Math.max(LEAST_ZOOM, Math.sqrt((photos * ROOM) / area));
}

/**
 * Side of thumbnails in CSS pixels at a scale.
 *
 * @param from the scale at which they are smallest
 * @param least their side there
 */
export function thumbSize(scale: number, from: number, least: number): number {
  return Math.min(MOST_THUMB, least * Math.max(1, scale / from) ** GROWTH);
}

/**
 * Which photos are drawn as thumbnails at which zoom, so that none overlap: in order of `priority`,
 * each as soon as it is far enough from those before it. A photo that has a thumbnail keeps it when
 * one zooms in, whatever part of the map is seen. Levels are worked out when they are first needed.
 */
export class ThumbLevels {
  readonly #positions: Float32Array;
  readonly #priority: Uint32Array;
  /** (n) first level at which a photo has a thumbnail. */
  readonly #levels: Uint8Array;
  readonly #from: number;
  readonly #least: number;
  #done = 0;

  /**
   * @param positions (n × 2) in [0, 1]
   * @param priority (n) indexes, most important first
   * @param from scale of level 0: see `thumbScale`
   * @param least side of thumbnails there, in CSS pixels
   */
  constructor(positions: Float32Array, priority: Uint32Array, from: number, least: number) {
    this.#least = least;
    this.#positions = positions;
    this.#priority = priority;
    this.#from = from;
    this.#levels = new Uint8Array(positions.length / 2).fill(NEVER);
  }

  /** The level of a scale; -1 if there are no thumbnails yet. */
  levelAt(scale: number): number {
    if (scale < this.#from) return -1;
    const level = Math.floor(STEPS * Math.log2(scale / this.#from) + 1e-6);
    return Math.min(MOST_LEVELS - 1, level);
  }

  /** Whether a photo has a thumbnail at a level. */
  has(index: number, level: number): boolean {
    while (this.#done <= level) this.#add(this.#done++);
    return this.#levels[index]! <= level;
  }

  #add(level: number): void {
    const scale = this.#from * 2 ** (level / STEPS);
    const apart = thumbSize(scale, this.#from, this.#least) / scale;
    const side = Math.max(1, Math.min(2048, Math.floor(1 / apart)));
    // Photos that have one, by the cell they are in: cells are at least `apart` wide, so only a few
    // fit into each.
    const heads = new Int32Array(side * side).fill(-1);
    const next = new Int32Array(this.#levels.length).fill(-1);
    const cell = (value: number) => Math.min(side - 1, Math.max(0, Math.floor(value * side)));
    const insert = (i: number) => {
      const at = cell(this.#positions[2 * i + 1]!) * side + cell(this.#positions[2 * i]!);
      next[i] = heads[at]!;
      heads[at] = i;
    };
    const isFree = (i: number): boolean => {
      const x = this.#positions[2 * i]!;
      const y = this.#positions[2 * i + 1]!;
      const [column, row] = [cell(x), cell(y)];
      for (let r = Math.max(0, row - 1); r <= Math.min(side - 1, row + 1); r++) {
        for (let c = Math.max(0, column - 1); c <= Math.min(side - 1, column + 1); c++) {
          for (let j = heads[r * side + c]!; j >= 0; j = next[j]!) {
            if (
              Math.abs(this.#positions[2 * j]! - x) < apart &&
              Math.abs(this.#positions[2 * j + 1]! - y) < apart
            )
              return false;
          }
        }
      }
      return true;
    };
    for (const i of this.#priority) if (this.#levels[i]! < level) insert(i);
    for (const i of this.#priority) {
      if (this.#levels[i]! !== NEVER || !isFree(i)) continue;
      this.#levels[i] = level;
      insert(i);
    }
  }
}

/**
 * Photos by how much they deserve to be seen: those that stand for clusters, then all others in an
 * order without any pattern that stays the same.
 *
 * @param first indexes of those that come first
 */
export function priorityOf(ids: Uint32Array, first: readonly number[]): Uint32Array {
  const hashes = new Uint32Array(ids.length);
  for (const [i, id] of ids.entries()) {
    // Murmur3's finalizer.
    let hash = id;
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hashes[i] = hash ^ (hash >>> 16);
  }
  const isFirst = new Set(first);
  const others = Uint32Array.from(ids.keys())
    .sort((a, b) => hashes[a]! - hashes[b]! || a - b)
    .filter((i) => !isFirst.has(i));
  return Uint32Array.from([...isFirst, ...others]);
}
