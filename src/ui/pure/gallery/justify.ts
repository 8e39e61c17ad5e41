/** Layout parameters; all sizes in CSS pixels. */
export interface JustifyOptions {
  /** Width that every full row fills exactly. */
  readonly width: number;
  /** Preferred row height. */
  readonly target: number;
  readonly gap: number;
  /** Space for a heading above the first row of each section; none if omitted. */
  readonly heading?: number;
}

/**
 * Photos laid out in rows of equal width. Photo `i` is in row `r` where `starts[r] <= i < starts[r
 * + 1]`.
 */
export interface Rows {
  readonly count: number;
  /** (count + 1) index of the first photo of each row, then the number of photos. */
  readonly starts: Uint32Array;
  /** (count + 1) top of each row in whole pixels; the last is the total height plus a gap. */
  readonly tops: Float64Array;
  /** (count) space for a heading above each row. */
  readonly heads: Uint16Array;
  /** (count) 1 for a row that is not full and so has the target height: the last of a section. */
  readonly open: Uint8Array;
}

export interface Box {
  readonly left: number;
  readonly width: number;
}

/**
 * Panoramas and strips are cropped to these aspects: uncropped, one photo would fill a whole screen
 * or shrink to a line. Their thumbnails contain no more: see `src/vision/decoding/thumbCrop.ts`.
 */
const NARROWEST = 0.45;
const WIDEST = 3.2;
/** Maximum height relative to the target, for rows that one more photo would make too low. */
const TALLEST = 1.35;

/** The aspect of a photo in a grid: clamped, and square if unknown. */
export function shownAspect(aspect: number | undefined): number {
  if (aspect === undefined || !(aspect > 0)) return 1;
  return Math.min(WIDEST, Math.max(NARROWEST, aspect));
}

/** Whether a grid crops the photo. */
export function isLong({ width, height }: { width: number; height: number }): boolean {
  return shownAspect(width / height) !== width / height;
}

/**
 * Lays out photos in rows that fill the width at heights near the target, in one greedy pass: a row
 * ends before or after the photo that fills it, whichever brings it closer to the target. Each
 * section starts a new row.
 *
 * @param aspects (n) width / height of each photo
 * @param sections index of the first photo of each section, ascending, starting with 0
 */
export function justify(
  aspects: ArrayLike<number>,
  options: JustifyOptions,
  sections: readonly number[] = [0],
): Rows {
  const { width, target, gap, heading = 0 } = options;
  const n = aspects.length;
  const starts = new Uint32Array(n + 1);
  const tops = new Float64Array(n + 1);
  const heads = new Uint16Array(n);
  const open = new Uint8Array(n);
  let count = 0;
  let first = 0;
  let sum = 0;
  let top = 0;
  const heightOf = (aspectSum: number, photos: number) => (width - gap * (photos - 1)) / aspectSum;
  const close = (end: number, height: number) => {
    starts[count] = first;
    tops[count] = top;
    top += heads[count]! + Math.max(1, Math.round(height)) + gap;
    count += 1;
    first = end;
    sum = 0;
  };
  sections.forEach((_, section) => {
    const end = Math.min(n, sections[section + 1] ?? n);
    if (width <= 0 || first >= end) return;
    heads[count] = heading;
    for (let i = first; i < end; i++) {
      const aspect = shownAspect(aspects[i]);
      if (i > first && heightOf(sum + aspect, i - first + 1) <= target) {
        const before = heightOf(sum, i - first);
        const after = heightOf(sum + aspect, i - first + 1);
        if (before <= target * TALLEST && before * after < target * target) close(i, before);
      }
      sum += aspect;
      const height = heightOf(sum, i - first + 1);
      if (height <= target) close(i + 1, height);
    }
    if (first >= end) return;
    open[count] = 1;
    close(end, target);
  });
  starts[count] = n;
  tops[count] = top;
  return {
    count,
    starts: starts.subarray(0, count + 1),
    tops: tops.subarray(0, count + 1),
    heads: heads.subarray(0, count),
    open: open.subarray(0, count),
  };
}

/** The row of a photo, by binary search. */
export function rowOf(rows: Rows, photo: number): number {
  let low = 0;
  let high = rows.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows.starts[middle]! <= photo) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The last row whose top is at or above `y`. */
export function rowAt(rows: Rows, y: number): number {
  let low = 0;
  let high = rows.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows.tops[middle]! <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Height of the photos in a row. */
export function rowHeight(rows: Rows, row: number, gap: number): number {
  return rows.tops[row + 1]! - rows.tops[row]! - rows.heads[row]! - gap;
}

/** Boxes of the photos in a row, in whole pixels; a full row ends exactly at the width. */
export function rowBoxes(
  rows: Rows,
  aspects: ArrayLike<number>,
  row: number,
  options: JustifyOptions,
): Box[] {
  const start = rows.starts[row]!;
  const end = rows.starts[row + 1]!;
  let sum = 0;
  for (let i = start; i < end; i++) sum += shownAspect(aspects[i]);
  const scale = rows.open[row]
    ? options.target
    : (options.width - options.gap * (end - start - 1)) / sum;
  const boxes: Box[] = [];
  let before = 0;
  for (let i = start; i < end; i++) {
    const shift = options.gap * (i - start);
    const left = Math.round(shift + before * scale);
    before += shownAspect(aspects[i]);
    boxes.push({ left, width: Math.round(shift + before * scale) - left });
  }
  return boxes;
}

/** The photo of `row` whose centre is nearest to `x`. */
export function nearestInRow(
  rows: Rows,
  aspects: ArrayLike<number>,
  row: number,
  x: number,
  options: JustifyOptions,
): number {
  const start = rows.starts[row]!;
  let best = start;
  let bestDistance = Number.POSITIVE_INFINITY;
  rowBoxes(rows, aspects, row, options).forEach((box, i) => {
    const distance = Math.abs(box.left + box.width / 2 - x);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = start + i;
    }
  });
  return best;
}

/**
 * Target row height for a grid of this width: larger on larger screens, about two photos per row on
 * a phone.
 */
export function targetHeight(width: number): number {
  return Math.round(Math.min(300, 96 + width * 0.075));
}

/**
 * Estimates how many photos fill a view of this size plus one row; the exact number is known only
 * after layout.
 *
 * @param aspects (n) width / height of each photo
 */
export function photosInView(aspects: ArrayLike<number>, width: number, height: number): number {
  const target = targetHeight(width);
  let room = (width * (height + target)) / (target * target);
  let count = 0;
  while (count < aspects.length && room > 0) room -= shownAspect(aspects[count++]);
  return count;
}
