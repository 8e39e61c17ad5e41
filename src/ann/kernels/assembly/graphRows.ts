import { ip4, l2sq4 } from './distances';
import { dot4 } from './sq8';

/**
 * The vectors of a graph's nodes and the query they are compared with, set before each call: they
 * would be a dozen more arguments of every function.
 */
let byIp: bool = false;
let rows: usize = 0;
let d: u32 = 0;
let stride: usize = 0;
let norms: usize = 0;
/** The query of a row of codes; 0 if the rows are float32. */
let rowQuery: usize = 0;
let weights: usize = 0;
let rowFactor: f32 = 0;

let query: usize = 0;
let factor: f32 = 0;
let base: f32 = 0;

let count: u32 = 0;
let compared: u32 = 0;

/** Sets the rows of the next calls. */
export function graphRows(
  ip: bool,
  at: usize,
  dimension: u32,
  rowCount: u32,
  normsAt: usize,
  rowQueryAt: usize,
  weightsAt: usize,
  factorOfRows: f32,
): void {
  byIp = ip;
  rows = at;
  d = dimension;
  count = rowCount;
  norms = normsAt;
  rowQuery = rowQueryAt;
  weights = weightsAt;
  rowFactor = factorOfRows;
  stride = rowQueryAt == 0 ? (<usize>dimension) << 2 : <usize>dimension;
  compared = 0;
}

/** Sets the query of the next calls. */
export function graphQuery(at: usize, factorOfQuery: f32, baseOfQuery: f32): void {
  query = at;
  factor = factorOfQuery;
  base = baseOfQuery;
}

/** Makes a row the query. */
export function graphQueryRow(row: u32): void {
  const at = rows + <usize>row * stride;
  if (rowQuery == 0) {
    query = at;
    return;
  }
  encodeRow(at);
  query = rowQuery;
  factor = rowFactor;
  base = norms == 0 ? 0 : load<f32>(norms + ((<usize>row) << 2));
}

/** Rows compared since `graphRows`. */
export function graphCompared(): u32 {
  return compared;
}

/** How many rows there are. */
export function rowEnd(): u32 {
  return count;
}

/** `rowQuery = round(code × weight)`. */
function encodeRow(at: usize): void {
  const whole = d & ~7;
  let i: u32 = 0;
  for (; i < whole; i += 8) {
    const codes = v128.load8x8_s(at + i);
    const by = weights + ((<usize>i) << 2);
    const low = f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(codes)), v128.load(by));
    const high = f32x4.mul(
      f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(codes)),
      v128.load(by, 16),
    );
    const wide = i16x8.narrow_i32x4_s(
      i32x4.trunc_sat_f32x4_s(f32x4.nearest(low)),
      i32x4.trunc_sat_f32x4_s(f32x4.nearest(high)),
    );
    v128.store(rowQuery + ((<usize>i) << 1), wide);
  }
  for (; i < d; i++) {
    const x = nearest<f32>(<f32>load<i8>(at + i) * load<f32>(weights + ((<usize>i) << 2)));
    store<i16>(rowQuery + ((<usize>i) << 1), <i16>(<i32>x));
  }
}

/** The keys of four rows; only the first `counted` count as compared. */
export function keys4(n0: u32, n1: u32, n2: u32, n3: u32, counted: u32): v128 {
  compared += counted;
  const r0 = rows + <usize>n0 * stride;
  const r1 = rows + <usize>n1 * stride;
  const r2 = rows + <usize>n2 * stride;
  const r3 = rows + <usize>n3 * stride;
  if (rowQuery == 0) {
    if (byIp) return f32x4.neg(ip4(query, r0, r1, r2, r3, d));
    return l2sq4(query, r0, r1, r2, r3, d);
  }
  const products = f32x4.convert_i32x4_s(dot4(query, r0, r1, r2, r3, d));
  let from = f32x4.splat(base);
  if (norms != 0) {
    from = f32x4.add(from, f32x4(normOf(n0), normOf(n1), normOf(n2), normOf(n3)));
  }
  return f32x4.add(from, f32x4.mul(f32x4.splat(factor), products));
}

/** The keys of the `left` rows, at least 1, from `list` on; with fewer than four, padded. */
export function listKeys(list: usize, left: u32): v128 {
  const n0 = load<u32>(list);
  return keys4(
    n0,
    left > 1 ? load<u32>(list, 4) : n0,
    left > 2 ? load<u32>(list, 8) : n0,
    left > 3 ? load<u32>(list, 12) : n0,
    min<u32>(left, 4),
  );
}

function normOf(row: u32): f32 {
  return load<f32>(norms + ((<usize>row) << 2));
}
