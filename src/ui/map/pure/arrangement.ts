import type { PhotoMap } from '../../../protocol/index.ts';
import { indexOfId } from '../../pure/gallery/ids.ts';
import { OTHERS } from './colors.ts';
import { priorityOf, ThumbLevels, thumbScale, thumbSize } from './levels.ts';
import { withoutOverlaps } from './marks.ts';
import type { PointGrid } from './point-grid.ts';
import { type Pixels, type Rect, seen, type View } from './view.ts';

/** Clusters that are marked at most, the largest. */
const MOST_MARKS = 80;
/**
 * Sides in CSS pixels of the photo that stands for a cluster among points, and of the smallest
 * thumbnails.
 */
const WIDE = { mark: 56, thumb: 46 } as const;
const NARROW = { mark: 44, thumb: 40 } as const;
const LABEL_HEIGHT = 26;
const GAP = 6;
/** Thumbnails at once at most. */
const MOST_THUMBS = 1000;

/** A photo that is drawn as a thumbnail. */
export interface Placed {
  readonly index: number;
  /** Whether it stands for a cluster among points. */
  readonly mark: boolean;
}

interface Mark {
  readonly cluster: number;
  readonly index: number;
}

/** Decides which photos are drawn as thumbnails, and which clusters are named, in a view. */
export class Arrangement {
  readonly #map: PhotoMap;
  readonly #grid: PointGrid;
  readonly #marks: readonly Mark[];
  /** Those that stand for clusters first. */
  readonly #usual: Uint32Array;
  #priority: Uint32Array;
  readonly #rank: Uint32Array;
  #sides: { readonly mark: number; readonly thumb: number } = WIDE;
  #fit = 0;
  #from = 1;
  #levels: ThumbLevels | null = null;
  #level = -1;
  #words: ReadonlyMap<number, string> = new Map();
  #widthOf: (text: string) => number = () => 0;
  #labels: readonly Mark[] = [];
  #covered: { readonly rect: Rect; readonly scale: number } | null = null;

  constructor(map: PhotoMap, grid: PointGrid) {
    this.#map = map;
    this.#grid = grid;
    this.#marks = map.clusterList.slice(0, MOST_MARKS).flatMap(({ central }, cluster) => {
      const index = indexOfId(map.ids, central);
      return index < 0 ? [] : [{ cluster, index }];
    });
    this.#usual = priorityOf(
      map.ids,
      this.#marks.map(({ index }) => index),
    );
    this.#priority = this.#usual;
    this.#rank = new Uint32Array(map.ids.length);
    this.#countRanks();
  }

  #countRanks(): void {
    for (const [rank, index] of this.#priority.entries()) this.#rank[index] = rank;
  }

  /**
   * Photos with a color come before those without, if they are the minority, such as the results of
   * a search: else they would be hidden below the others.
   *
   * @param colors (n) places in the palette
   */
  prefer(colors: Uint8Array): void {
    const colored = this.#usual.filter((index) => colors[index] !== OTHERS);
    const isMinority = colored.length > 0 && 2 * colored.length < colors.length;
    if (!isMinority && this.#priority === this.#usual) return;
    this.#priority = isMinority
      ? Uint32Array.from([...colored, ...this.#usual.filter((index) => colors[index] === OTHERS)])
      : this.#usual;
    this.#countRanks();
    this.#makeLevels();
  }

  #makeLevels(): void {
    this.#levels = new ThumbLevels(
      this.#map.positions,
      this.#priority,
      this.#from,
      this.#sides.thumb,
    );
    this.#covered = null;
  }

  /** @param fit scale at which the whole map is seen on a canvas of this size */
  setFit(fit: number, [width, height]: Pixels): void {
    // When the drawer opens, or a window changes a little, thumbnails stay.
    if (this.#levels && this.#fit > 0 && Math.abs(Math.log2(fit / this.#fit)) < 1) return;
    this.#fit = fit;
    this.#sides = width < 600 ? NARROW : WIDE;
    this.#from = thumbScale(this.#map.ids.length, fit, width * height);
    this.#makeLevels();
  }

  /** A scale at which photos are seen well. */
  get closeScale(): number {
    return this.#from * 6;
  }

  get hasThumbs(): boolean {
    return this.#level >= 0;
  }

  get markSize(): number {
    return this.#sides.mark;
  }

  thumbSize(scale: number): number {
    return thumbSize(scale, this.#from, this.#sides.thumb);
  }

  /**
   * @param words of clusters, by their place in the list
   * @param widthOf a label, in CSS pixels
   */
  setWords(words: ReadonlyMap<number, string>, widthOf: (text: string) => number): void {
    this.#words = words;
    this.#widthOf = widthOf;
    this.#covered = null;
  }

  /** Whether what was arranged last is right for a view too. */
  covers(view: View, size: Pixels): boolean {
    const covered = this.#covered;
    if (!covered) return false;
    const { x0, y0, x1, y1 } = seen(view, size);
    const { rect, scale } = covered;
    const isInside = x0 >= rect.x0 && y0 >= rect.y0 && x1 <= rect.x1 && y1 <= rect.y1;
    return isInside && scale === view.scale;
  }

  /** The photos to draw as thumbnails in a view and `margin` CSS pixels around it. */
  arrange(view: View, size: Pixels, margin: number): readonly Placed[] {
    const rect = seen(view, size, margin);
    this.#covered = { rect, scale: view.scale };
    this.#level = this.#levels?.levelAt(view.scale) ?? -1;
    if (this.#level < 0) {
      const marks = this.#apart(this.#marks, view.scale, this.markSize);
      this.#labels = marks.filter(({ cluster }) => this.#words.has(cluster));
      return marks.map(({ index }) => ({ index, mark: true }));
    }
    const levels = this.#levels!;
    const level = this.#level;
    let shown: number[] = [];
    this.#grid.inRect(rect, (index) => {
      if (levels.has(index, level)) shown.push(index);
    });
    if (shown.length > MOST_THUMBS) {
      shown = shown.sort((a, b) => this.#rank[a]! - this.#rank[b]!).slice(0, MOST_THUMBS);
    }
    const named = this.#marks.filter(
      ({ cluster, index }) => this.#words.has(cluster) && levels.has(index, level),
    );
    this.#labels = this.#apart(named, view.scale, this.thumbSize(view.scale));
    return shown.map((index) => ({ index, mark: false }));
  }

  /** Marks that don't overlap at a scale, whatever part of the map is seen. */
  #apart(marks: readonly Mark[], scale: number, side: number): readonly Mark[] {
    const rects = marks.map(({ cluster, index }) => {
      const word = this.#words.get(cluster);
      const x = this.#map.positions[2 * index]! * scale;
      const y = this.#map.positions[2 * index + 1]! * scale;
      const half = Math.max(side, word === undefined ? 0 : this.#widthOf(word)) / 2 + GAP / 2;
      const below = word === undefined ? 0 : LABEL_HEIGHT;
      return {
        x0: x - half,
        x1: x + half,
        y0: y - side / 2 - GAP / 2,
        y1: y + side / 2 + GAP / 2 + below,
      };
    });
    return withoutOverlaps(rects).map((i) => marks[i]!);
  }

  /** The words to draw, and the photos they belong under. */
  labels(): readonly { readonly text: string; readonly index: number }[] {
    return this.#labels.map(({ cluster, index }) => ({ text: this.#words.get(cluster)!, index }));
  }
}
