/**
 * Eight rows of a compact matrix, transposed so that component `i` of all eight is contiguous: each
 * lane then belongs to one row, and no sum crosses lanes.
 */

/** Rows of a panel. */
export const PANEL_ROWS: u32 = 8;
/** Bytes per component of all rows. */
export const PANEL_STEP: usize = 32;
/** The maximum number of components per row; `MAX_RUN_D` of `../training.ts`. */
const MAX_D: i32 = 4096;

/** Address of the current panel, which each kernel fills anew. */
export const panel: usize = memory.data(MAX_D * 32, 16);

/**
 * Fills the panel with `PANEL_ROWS` rows from `row` on; if fewer are left before `rowEnd`, the last
 * one pads it.
 */
export function fillPanel(rows: usize, row: u32, rowEnd: u32, d: u32): void {
  const last = rowEnd - 1;
  fillHalf(rows, row, last, d, panel);
  fillHalf(rows, row + 4, last, d, panel + 16);
}

function fillHalf(rows: usize, row: u32, last: u32, d: u32, to: usize): void {
  const stride = (<usize>d) << 2;
  let r0 = rows + <usize>min(row, last) * stride;
  let r1 = rows + <usize>min(row + 1, last) * stride;
  let r2 = rows + <usize>min(row + 2, last) * stride;
  let r3 = rows + <usize>min(row + 3, last) * stride;
  const whole = r0 + (stride & ~15);
  const end = r0 + stride;
  while (r0 < whole) {
    const a = v128.load(r0);
    const b = v128.load(r1);
    const c = v128.load(r2);
    const e = v128.load(r3);
    const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const AB = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
    const ce = v128.shuffle<f32>(c, e, 0, 4, 1, 5);
    const CE = v128.shuffle<f32>(c, e, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(ab, ce, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(ab, ce, 2, 3, 6, 7), 32);
    v128.store(to, v128.shuffle<f32>(AB, CE, 0, 1, 4, 5), 64);
    v128.store(to, v128.shuffle<f32>(AB, CE, 2, 3, 6, 7), 96);
    r0 += 16;
    r1 += 16;
    r2 += 16;
    r3 += 16;
    to += 128;
  }
  while (r0 < end) {
    store<f32>(to, load<f32>(r0));
    store<f32>(to, load<f32>(r1), 4);
    store<f32>(to, load<f32>(r2), 8);
    store<f32>(to, load<f32>(r3), 12);
    r0 += 4;
    r1 += 4;
    r2 += 4;
    r3 += 4;
    to += PANEL_STEP;
  }
}
