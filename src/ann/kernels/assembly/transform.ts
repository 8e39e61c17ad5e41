import { fillPanel, PANEL_ROWS, PANEL_STEP, panel } from './panel';

export function transform(
  matrix: usize,
  dOut: u32,
  rows: usize,
  rowStride: usize,
  d: u32,
  count: u32,
  out: usize,
): void {
  const outStride = (<usize>dOut) << 2;
  for (let j: u32 = 0; j < dOut; j += PANEL_ROWS) {
    fillPanel(matrix, j, dOut, d);
    const to = out + ((<usize>j) << 2);
    const columns = min(dOut - j, PANEL_ROWS);
    for (let row: u32 = 0; row < count; row += 4) {
      const first = rows + <usize>row * rowStride;
      multiplyRows(
        first,
        rowStride,
        count - row,
        d,
        to + <usize>row * outStride,
        outStride,
        columns,
      );
    }
  }
}

/** Inner products of up to four of the `left` rows with the panel's. */
function multiplyRows(
  r0: usize,
  rowStride: usize,
  left: u32,
  d: u32,
  to: usize,
  outStride: usize,
  columns: u32,
): void {
  // With fewer than four rows left, the first one pads the group.
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
  const panelEnd = panel + <usize>d * PANEL_STEP;
  for (let at = panel; at < panelEnd; at += PANEL_STEP) {
    const p0 = v128.load(at);
    const p1 = v128.load(at, 16);
    const xa = v128.load32_splat(r0);
    a0 = f32x4.add(a0, f32x4.mul(xa, p0));
    a1 = f32x4.add(a1, f32x4.mul(xa, p1));
    const xb = v128.load32_splat(r1);
    b0 = f32x4.add(b0, f32x4.mul(xb, p0));
    b1 = f32x4.add(b1, f32x4.mul(xb, p1));
    const xc = v128.load32_splat(r2);
    c0 = f32x4.add(c0, f32x4.mul(xc, p0));
    c1 = f32x4.add(c1, f32x4.mul(xc, p1));
    const xe = v128.load32_splat(r3);
    e0 = f32x4.add(e0, f32x4.mul(xe, p0));
    e1 = f32x4.add(e1, f32x4.mul(xe, p1));
    r0 += 4;
    r1 += 4;
    r2 += 4;
    r3 += 4;
  }
  storeRow(to, a0, a1, columns);
  if (left > 1) storeRow(to + outStride, b0, b1, columns);
  if (left > 2) storeRow(to + 2 * outStride, c0, c1, columns);
  if (left > 3) storeRow(to + 3 * outStride, e0, e1, columns);
}

function storeRow(to: usize, low: v128, high: v128, columns: u32): void {
  if (columns == 8) {
    v128.store(to, low);
    v128.store(to, high, 16);
    return;
  }
  v128.store(spill, low);
  v128.store(spill, high, 16);
  memory.copy(to, spill, (<usize>columns) << 2);
}

const spill: usize = memory.data(32, 16);
