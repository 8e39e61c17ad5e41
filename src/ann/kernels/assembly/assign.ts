import { fillPanel, PANEL_ROWS, PANEL_STEP, panel } from './panel';

/**
 * Rows processed per pass over the centroids. They stay in the level-2 cache while the centroids
 * stream by, and amortize turning eight centroids into a panel.
 */
const TILE_ROWS: u32 = 128;

/** For each row of the tile and each lane: the smallest distance so far, and its cell. */
const best: usize = memory.data(128 * 32, 16);

export function assign(
  rows: usize,
  rowStride: usize,
  d: u32,
  count: u32,
  centroids: usize,
  nlist: u32,
  cells: usize,
  l2sq: usize,
): void {
  for (let row: u32 = 0; row < count; row += TILE_ROWS) {
    const tile = rows + <usize>row * rowStride;
    const tileRows = min(count - row, TILE_ROWS);
    clearBest();
    for (let j: u32 = 0; j < nlist; j += PANEL_ROWS) {
      fillPanel(centroids, j, nlist, d);
      comparePanel(tile, rowStride, tileRows, d, j, nlist);
    }
    const at = (<usize>row) << 2;
    for (let i: u32 = 0; i < tileRows; i += 4) {
      const to = at + ((<usize>i) << 2);
      const from = best + ((<usize>i) << 5);
      pickLanes(from, cells + to, l2sq == 0 ? 0 : l2sq + to, tileRows - i);
    }
  }
}

function clearBest(): void {
  const end = best + ((<usize>TILE_ROWS) << 5);
  for (let at = best; at < end; at += 32) {
    v128.store(at, f32x4.splat(f32.POSITIVE_INFINITY));
    v128.store(at, i32x4.splat(0), 16);
  }
}

/** Compares every row of the tile with the panel's centroids, of which `j` is the first. */
function comparePanel(
  tile: usize,
  rowStride: usize,
  tileRows: u32,
  d: u32,
  j: u32,
  nlist: u32,
): void {
  const low = i32x4.add(i32x4.splat(j), i32x4(0, 1, 2, 3));
  const high = i32x4.add(low, i32x4.splat(4));
  // Padding repeats the last centroid, so it gets the last number.
  const last = i32x4.splat(nlist - 1);
  const lowCells = i32x4.min_u(low, last);
  const highCells = i32x4.min_u(high, last);
  const panelEnd = panel + <usize>d * PANEL_STEP;
  for (let row: u32 = 0; row < tileRows; row += 4) {
    const left = tileRows - row;
    // With fewer than four rows left, the first one pads the group.
    let r0 = tile + <usize>row * rowStride;
    let r1 = left > 1 ? r0 + rowStride : r0;
    let r2 = left > 2 ? r1 + rowStride : r0;
    let r3 = left > 3 ? r2 + rowStride : r0;
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let b0 = a0;
    let b1 = a0;
    let c0 = a0;
    let c1 = a0;
    let e0 = a0;
    let e1 = a0;
    for (let at = panel; at < panelEnd; at += PANEL_STEP) {
      const p0 = v128.load(at);
      const p1 = v128.load(at, 16);
      const xa = v128.load32_splat(r0);
      a0 = addSquare(a0, xa, p0);
      a1 = addSquare(a1, xa, p1);
      const xb = v128.load32_splat(r1);
      b0 = addSquare(b0, xb, p0);
      b1 = addSquare(b1, xb, p1);
      const xc = v128.load32_splat(r2);
      c0 = addSquare(c0, xc, p0);
      c1 = addSquare(c1, xc, p1);
      const xe = v128.load32_splat(r3);
      e0 = addSquare(e0, xe, p0);
      e1 = addSquare(e1, xe, p1);
      r0 += 4;
      r1 += 4;
      r2 += 4;
      r3 += 4;
    }
    const to = best + ((<usize>row) << 5);
    offer(to, a0, a1, lowCells, highCells);
    if (left > 1) offer(to + 32, b0, b1, lowCells, highCells);
    if (left > 2) offer(to + 64, c0, c1, lowCells, highCells);
    if (left > 3) offer(to + 96, e0, e1, lowCells, highCells);
  }
}

function addSquare(sum: v128, x: v128, p: v128): v128 {
  const difference = f32x4.sub(x, p);
  return f32x4.add(sum, f32x4.mul(difference, difference));
}

/** Stores the nearest of the two halves and the best so far; on ties, the earlier. */
function offer(to: usize, low: v128, high: v128, lowCells: v128, highCells: v128): void {
  let least = v128.load(to);
  let cells = v128.load(to, 16);
  const lowNearer = f32x4.lt(low, least);
  least = v128.bitselect(low, least, lowNearer);
  cells = v128.bitselect(lowCells, cells, lowNearer);
  const highNearer = f32x4.lt(high, least);
  v128.store(to, v128.bitselect(high, least, highNearer));
  v128.store(to, v128.bitselect(highCells, cells, highNearer), 16);
}

/**
 * Writes the minimum of the four lanes for each of four rows, on ties the lowest cell. Transposed
 * so that each lane is a row: comparing within a row would mispredict a branch every time.
 */
function pickLanes(from: usize, cellsTo: usize, l2sqTo: usize, left: u32): void {
  let r0 = v128.load(from);
  let r1 = v128.load(from, 32);
  let r2 = v128.load(from, 64);
  let r3 = v128.load(from, 96);
  let low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  let low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  let high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  let high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  const a = v128.shuffle<f32>(low01, low23, 0, 1, 4, 5);
  const b = v128.shuffle<f32>(low01, low23, 2, 3, 6, 7);
  const c = v128.shuffle<f32>(high01, high23, 0, 1, 4, 5);
  const e = v128.shuffle<f32>(high01, high23, 2, 3, 6, 7);
  const least = f32x4.min(f32x4.min(a, b), f32x4.min(c, e));

  r0 = v128.load(from, 16);
  r1 = v128.load(from, 48);
  r2 = v128.load(from, 80);
  r3 = v128.load(from, 112);
  low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  const inA = cellsWhere(a, least, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  const inB = cellsWhere(b, least, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  const inC = cellsWhere(c, least, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  const inE = cellsWhere(e, least, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
  storeLanes(cellsTo, i32x4.min_u(i32x4.min_u(inA, inB), i32x4.min_u(inC, inE)), left);
  if (l2sqTo != 0) storeLanes(l2sqTo, least, left);
}

/** The cells whose distance is the minimum, and the highest integer elsewhere. */
function cellsWhere(distances: v128, least: v128, cells: v128): v128 {
  return v128.or(cells, f32x4.ne(distances, least));
}

function storeLanes(to: usize, lanes: v128, count: u32): void {
  if (count > 3) {
    v128.store(to, lanes);
    return;
  }
  store<i32>(to, i32x4.extract_lane(lanes, 0));
  if (count > 1) store<i32>(to, i32x4.extract_lane(lanes, 1), 4);
  if (count > 2) store<i32>(to, i32x4.extract_lane(lanes, 2), 8);
}
