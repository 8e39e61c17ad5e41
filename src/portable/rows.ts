import { AkinError } from '../base/errors.ts';

/** Vectors to write: `n` rows of `d` floats, one after another. */
export interface Rows {
  readonly values: Float32Array;
  readonly n: number;
  readonly d: number;
}

/** Throws `invalid-argument` unless `values` holds exactly `n` rows of `d` ≥ 1 floats. */
export function checkRows({ values, n, d }: Rows): void {
  checkShape(n, d);
  if (values.length !== n * d) {
    throw new AkinError('invalid-argument', `${values.length} floats aren't ${n} rows of ${d}`);
  }
}

/** Throws `invalid-argument` unless there can be `n` rows of `d` ≥ 1 floats. */
export function checkShape(n: number, d: number): void {
  if (!(Number.isSafeInteger(n) && n >= 0 && Number.isSafeInteger(d) && d >= 1)) {
    throw new AkinError('invalid-argument', `There are no ${n} rows of ${d} floats`);
  }
}

/** Writes `count` floats from `from` at byte `at`, little-endian whatever the processor. */
export function writeFloats(
  view: DataView,
  at: number,
  values: Float32Array,
  from: number,
  count: number,
): void {
  for (let i = 0; i < count; i++) view.setFloat32(at + 4 * i, values[from + i]!, true);
}
