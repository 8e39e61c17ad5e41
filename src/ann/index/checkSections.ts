import { AkinError } from '../../base/errors.ts';
import { SECTION } from '../format/header.ts';
import type { Container } from '../format/read.ts';
import { float32Section, uint32Section } from '../format/sections.ts';
import { MAX_LENGTH_SQ } from './checkVector.ts';

/**
 * Reads a section of float32 rows no longer than a vector may be. Rejects rows with NaN or
 * infinity, so all of it is safe to compute with.
 *
 * @param d components per row
 * @throws `corrupt`
 */
export function boundedRows(
  container: Container,
  id: number,
  d: number,
): Float32Array<ArrayBuffer> {
  // Written so that NaN fails too.
  return rowsWhere(container, id, d, (lengthSq) => lengthSq <= MAX_LENGTH_SQ);
}

/**
 * Reads the ids of an index whose rows are in their order: strictly ascending, none 0.
 *
 * @throws `corrupt`
 */
export function risingIds(container: Container): Uint32Array<ArrayBuffer> {
  const ids = uint32Section(container, SECTION.ids);
  let previous = 0;
  for (const id of ids) {
    if (id <= previous) {
      throw new AkinError('corrupt', `the saved index is damaged: id ${id} after ${previous}`);
    }
    previous = id;
  }
  return ids;
}

/** Tolerance for the squared length of a rotation's rows, ideally 1. */
const ROTATION_TOLERANCE = 1e-3;

/**
 * Reads a section of rotations: float32 rows of length 1.
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

/** Reads a section of rows if the squared length of each passes the test. */
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
