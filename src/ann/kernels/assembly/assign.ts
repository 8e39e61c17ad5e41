import { fillPanel, PANEL_ROWS, PANEL_STEP, panel } from './panel';

/**
 * Rows taken through all centroids together. They stay in the level-2 cache while the centroids
 * stream by, and so many share the work of turning eight centroids into a panel.
 */
const TILE_ROWS: u32 = 128;

/** For each row of the tile and each lane: the least distance so far, and whose it is. */
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
    for (let i: u32 = 0; i < tileRows; i++) {
      const to = at + ((<usize>i) << 2);
      pickLane(best + ((<usize>i) << 5), cells + to, l2sq == 0 ? 0 : l2sq + to);
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

/** Offers the panel's centroids, of which `j` is the first, to every row of the tile. */
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
  // A stand-in for a centroid that is not there has the last one's number, as it is the last one.
  const last = i32x4.splat(nlist - 1);
  const lowCells = i32x4.min_u(low, last);
  const highCells = i32x4.min_u(high, last);
  const panelEnd = panel + <usize>d * PANEL_STEP;
  for (let row: u32 = 0; row < tileRows; row += 4) {
    const left = tileRows - row;
    // Where fewer than four rows are left, the first stands in for those that are not there.
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

/** Takes the nearer of the two halves' and the best so far; of equal ones the earlier. */
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

/** Writes the least of a row's four lanes, of equal ones the lowest cell. */
function pickLane(from: usize, cellTo: usize, l2sqTo: usize): void {
  let least = load<f32>(from);
  let cell = load<u32>(from, 16);
  for (let lane: usize = 4; lane < 16; lane += 4) {
    const distance = load<f32>(from + lane);
    const other = load<u32>(from + lane, 16);
    if (distance < least || (distance == least && other < cell)) {
      least = distance;
      cell = other;
    }
  }
  store<u32>(cellTo, cell);
  if (l2sqTo != 0) store<f32>(l2sqTo, least);
}
