import { AkinError } from '../../base/errors.ts';
import type { Container } from '../format/read.ts';
import { float32Section } from '../format/sections.ts';
import { MAX_LENGTH_SQ } from './checkVector.ts';

/**
 * A section of float32 rows none of which is longer than a vector may be: what holds a NaN or an
 * infinity is, so that all of it can be calculated with.
 *
 * @param d components of a row
 * @throws `corrupt`
 */
export function boundedRows(
  container: Container,
  id: number,
  d: number,
): Float32Array<ArrayBuffer> {
  // Written so that NaN fails it too.
  return rowsWhere(container, id, d, (lengthSq) => lengthSq <= MAX_LENGTH_SQ);
}

/** How far from 1 the squared length of a rotation's row may be, of which each has length 1. */
const ROTATION_TOLERANCE = 1e-3;

/**
 * A section of rotations: float32 rows of length 1.
 *
 * @throws `corrupt`
 */
export function rotationRows(
  container: Container,
  id: number,
  d: number,
): Float32Array<ArrayBuffer> {
  return rowsWhere(container, id, d, (lengthSq) => Math.abs(lengthSq - 1) <= ROTATION_TOLERANCE);
}

/** A section of rows, if the squared length of each is as it has to be. */
function rowsWhere(
  container: Container,
  id: number,
  d: number,
  isGood: (lengthSq: number) => boolean,
): Float32Array<ArrayBuffer> {
  const rows = float32Section(container, id);
  for (let start = 0; start < rows.length; start += d) {
    if (!isGood(lengthSq(rows, start, d))) throw damaged(id, start / d);
  }
  return rows;
}

function lengthSq(rows: Float32Array, start: number, d: number): number {
  let sum = 0;
  for (let i = start; i < start + d; i++) sum += rows[i]! * rows[i]!;
  return sum;
}

function damaged(id: number, row: number): AkinError {
  return new AkinError('corrupt', `the saved index is damaged: row ${row} of section ${id}`);
}
