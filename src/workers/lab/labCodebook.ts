import { checkInteger } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';
import type {
  IndexStructure,
  LabCentroid,
  LabCodebook,
  LabCodebookRequest,
} from '../../protocol/index.ts';
import { throwIfAborted, yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { checkList } from './labChecks.ts';
import type { BuildOptions, LabIndexes } from './labIndexes.ts';
import type { LabVectors } from './labVectors.ts';

const MOST_OTHERS = 100;
const MOST_CENTROIDS = 32;
const MOST_NEAREST = 12;

/** @throws AkinError `not-found`, `invalid-argument`, `aborted`, `out-of-memory` */
export async function codebookOf(
  request: LabCodebookRequest,
  vectors: LabVectors,
  indexes: LabIndexes,
  options: BuildOptions,
): Promise<LabCodebook> {
  const { spec, photo, m, others = [], centroids = 8, nearest = 4 } = request;
  if (spec.kind !== 'pq') {
    throw new AkinError('invalid-argument', `The codebook is one of pq, not ${spec.kind}.`);
  }
  checkInteger('the number of others', checkList(others, 'others').length, 0, MOST_OTHERS);
  checkInteger('centroids', centroids, 1, MOST_CENTROIDS);
  checkInteger('nearest', nearest, 1, MOST_NEAREST);
  const row = vectors.rowOf(photo);
  const { index } = await indexes.get({ spec }, options);
  const structure = index.structure();
  const codes = structure.codes!;
  const { M, ksub, dsub } = codes;
  checkInteger('m', m, 0, M - 1);
  const numbers = numbersOf(structure, m);
  const numberOf = (id: number) => {
    const number = numbers.get(id);
    if (number !== undefined) return number;
    throw new AkinError('not-found', 'This photo is not in the index.');
  };
  const own = codes.centroids.subarray(m * ksub * dsub, (m + 1) * ksub * dsub);
  const { vectors: rows, d } = vectors;
  const sub = (of: number) => of * d + m * dsub;
  const used = [...new Set([photo, ...others].map(numberOf))];
  const sizes = new Uint32Array(ksub);
  for (const number of numbers.values()) sizes[number]!++;
  const byUse = Array.from(sizes.keys()).sort((a, b) => sizes[b]! - sizes[a]! || a - b);
  const shown = [...new Set([...used, ...byUse.slice(0, centroids)])].slice(
    0,
    Math.max(used.length, centroids),
  );
  const all: LabCentroid[] = [];
  const away = new Float32Array(vectors.ids.length);
  for (const number of shown) {
    for (let i = 0; i < away.length; i++) away[i] = l2sq(rows, sub(i), own, number * dsub, dsub);
    all.push({
      number,
      l2sq: l2sq(rows, sub(row), own, number * dsub, dsub),
      size: sizes[number]!,
      nearest: smallest(away, nearest).map((i) => vectors.ids[i]!),
    });
    await yieldToEventLoop();
    throwIfAborted(options.signal);
  }
  return {
    M,
    ksub,
    dsub,
    m,
    code: numberOf(photo),
    codes: Uint8Array.from(others, numberOf),
    centroids: all.sort((a, b) => a.l2sq - b.l2sq || a.number - b.number),
  };
}

/** Part `m` of the code of each photo. */
function numbersOf({ ids, codes }: IndexStructure, m: number): ReadonlyMap<number, number> {
  const { M, codes: all } = codes!;
  return new Map(Array.from(ids, (id, row) => [id, all[row * M + m]!]));
}

function l2sq(a: Float32Array, i: number, b: Float32Array, j: number, length: number): number {
  let sum = 0;
  for (let c = 0; c < length; c++) sum += (a[i + c]! - b[j + c]!) ** 2;
  return sum;
}

/** Where the smallest numbers are, the smallest first. */
function smallest(numbers: Float32Array, count: number): Uint32Array<ArrayBuffer> {
  const best: number[] = [];
  for (let i = 0; i < numbers.length; i++) {
    if (best.length === count && numbers[i]! >= numbers[best[count - 1]!]!) continue;
    let at = best.length;
    while (at > 0 && numbers[best[at - 1]!]! > numbers[i]!) at--;
    best.splice(at, 0, i);
    best.length = Math.min(best.length, count);
  }
  return Uint32Array.from(best);
}
