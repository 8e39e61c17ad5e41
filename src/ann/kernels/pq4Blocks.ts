import { checkInteger, invariant } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';

/** Rows of a block of 4-bit codes. */
export const PQ4_BLOCK_ROWS = 32;
const RUN_BYTES = 16;

/** Bytes of `n` packed codes with `M` sub-quantizers, padded to whole blocks. */
export function pq4Bytes(n: number, M: number): number {
  return Math.ceil(n / PQ4_BLOCK_ROWS) * M * RUN_BYTES;
}

/**
 * Packs 4-bit codes for `scanPq4`: blocks of 32 rows, each of `M` runs of 16 bytes; byte `j` of run
 * `m` holds the codes of rows `j` (low half) and `j + 16` (high half). The last block is padded
 * with zeros.
 *
 * @param codes `n × M`, one code below 16 per byte
 * @returns `pq4Bytes(n, M)` bytes
 * @throws `invalid-argument` if a code is 16 or more, or the length is not a multiple of `M`
 */
export function packPq4(codes: Uint8Array, M: number): Uint8Array<ArrayBuffer> {
  checkInteger('M', M, 1, 0xffff);
  const n = checkInteger('the number of codes over M', codes.length / M, 0, 0xffffffff);
  const packed = new Uint8Array(pq4Bytes(n, M));
  for (let row = 0; row < n; row++) {
    const inBlock = row % PQ4_BLOCK_ROWS;
    const shift = inBlock < RUN_BYTES ? 0 : 4;
    let to = ((row - inBlock) / PQ4_BLOCK_ROWS) * M * RUN_BYTES + (inBlock % RUN_BYTES);
    for (let from = row * M; from < (row + 1) * M; from++) {
      const code = codes[from]!;
      if (code > 15) throw new AkinError('invalid-argument', `a 4-bit code cannot be ${code}`);
      packed[to]! |= code << shift;
      to += RUN_BYTES;
    }
  }
  return packed;
}

/**
 * Inverse of `packPq4`.
 *
 * @param packed at least `pq4Bytes(n, M)` bytes
 * @returns `n × M` codes, one per byte
 */
export function unpackPq4(packed: Uint8Array, n: number, M: number): Uint8Array<ArrayBuffer> {
  checkInteger('M', M, 1, 0xffff);
  checkInteger('n', n, 0, 0xffffffff);
  invariant(packed.length >= pq4Bytes(n, M), 'the packed codes are too short');
  const codes = new Uint8Array(n * M);
  for (let row = 0; row < n; row++) {
    const inBlock = row % PQ4_BLOCK_ROWS;
    const shift = inBlock < RUN_BYTES ? 0 : 4;
    let from = ((row - inBlock) / PQ4_BLOCK_ROWS) * M * RUN_BYTES + (inBlock % RUN_BYTES);
    for (let to = row * M; to < (row + 1) * M; to++) {
      codes[to] = (packed[from]! >> shift) & 15;
      from += RUN_BYTES;
    }
  }
  return codes;
}
