/**
 * Data for the code kernel benchmark: picture-like vectors, their codes under quantizers trained on
 * a sample of them, and the lookup tables of a query.
 */
import { clusteredUnitVectors } from '../src/ann/eval/synthetic.ts';
import type { Block } from '../src/ann/kernels/block.ts';
import { bytesView, float32View, uint32View } from '../src/ann/kernels/block.ts';
import type { Kernels } from '../src/ann/kernels/kernels.ts';
import { packPq4 } from '../src/ann/kernels/pq4Blocks.ts';
import { ProductQuantizer } from '../src/ann/quantizer/codes/productQuantizer.ts';
import { createPrng } from '../src/base/prng.ts';

/** Bytes per code, for both quantizers. */
export const CODE_BYTES = 16;
export const M8 = CODE_BYTES;
export const M4 = 2 * CODE_BYTES;
const SAMPLE = 16384;

export interface CodeData {
  readonly d: number;
  readonly n: number;
  readonly ids: Block;
  readonly query: Block;
  readonly vectors: Block;
  /** `n × 16` codes of 8 bits, and a copy outside the kernels' memory. */
  readonly pq8: Block;
  readonly jsCodes: Uint8Array;
  readonly pq8Centroids: Block;
  readonly shape8: { M: number; ksub: number; dsub: number };
  readonly table8: Block;
  readonly jsTable: Float32Array;
  /** `n` packed codes of 32 × 4 bits. */
  readonly pq4: Block;
  readonly table4: Block;
  readonly lut: Block;
  readonly scales: Block;
  readonly sq8: Block;
  readonly query16: Block;
  /** Of the current query: convert a rounded sum to a distance. */
  factors: { bias: number; scale: number; sq8: number };
  /** Makes one of the `queries` current: fills all its tables. */
  ask(query: number): void;
}

export async function createCodeData(
  kernels: Kernels,
  { n, d, queries, seed }: { n: number; d: number; queries: number; seed: number },
): Promise<CodeData> {
  const centres = Math.max(1, Math.round(n / 500));
  const draw = clusteredUnitVectors({ d, centres }, createPrng(seed));
  const base = draw(n);
  const asked = draw(queries);
  const sample = base.subarray(0, Math.min(n, SAMPLE) * d);

  function put(values: Float32Array | Uint8Array): Block {
    const block = kernels.alloc(values.byteLength);
    bytesView(block).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return block;
  }

  const options = { d, seed, iterations: 8, maxPointsPerCentroid: 64 };
  const quantizer8 = await ProductQuantizer.train(kernels, sample, { ...options, M: M8, nbits: 8 });
  const quantizer4 = await ProductQuantizer.train(kernels, sample, { ...options, M: M4, nbits: 4 });
  const codes8 = quantizer8.encode(kernels, base);
  const pq4Centroids = put(quantizer4.pqCentroids);
  const vectors = put(base);
  const scales = kernels.alloc(4 * d);
  const scaleView = float32View(scales, d).fill(0);
  for (let at = 0; at < base.length; at++) {
    scaleView[at % d] = Math.max(scaleView[at % d]!, Math.abs(base[at]!) / 127);
  }
  const sq8 = kernels.alloc(n * d);
  kernels.encodeSq8({ block: vectors, offset: 0, stride: d, d, count: n }, scales, sq8);
  const ids = kernels.alloc(4 * n);
  uint32View(ids, n).forEach((_, row, all) => {
    all[row] = row;
  });

  const data: CodeData = {
    d,
    n,
    ids,
    query: kernels.alloc(4 * d),
    vectors,
    pq8: put(codes8),
    jsCodes: codes8,
    pq8Centroids: put(quantizer8.pqCentroids),
    shape8: quantizer8.shape,
    table8: kernels.alloc(4 * M8 * 256),
    jsTable: new Float32Array(M8 * 256),
    pq4: put(packPq4(quantizer4.encode(kernels, base), M4)),
    table4: kernels.alloc(4 * M4 * 16),
    lut: kernels.alloc(M4 * 16),
    scales,
    sq8,
    query16: kernels.alloc(2 * d),
    factors: { bias: 0, scale: 0, sq8: 0 },
    ask(query) {
      float32View(data.query, d).set(asked.subarray(query * d, (query + 1) * d));
      kernels.ipTable(data.query, data.pq8Centroids, data.shape8, data.table8);
      data.jsTable.set(float32View(data.table8, M8 * 256));
      kernels.ipTable(data.query, pq4Centroids, quantizer4.shape, data.table4);
      const { bias, scale } = kernels.quantizeTable(data.table4, M4, data.lut);
      const factor = kernels.prepareSq8(data.query, scales, d, data.query16);
      data.factors = { bias, scale, sq8: factor };
    },
  };
  return data;
}
