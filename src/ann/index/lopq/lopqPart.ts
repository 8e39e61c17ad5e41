import type { Block } from '../../kernels/kernels.ts';
import { float32View } from '../../kernels/kernels.ts';
import { CoarseQuantizer } from '../cells/coarse.ts';
import { Codebook } from '../codes/codebook.ts';
import type { OwnedBlocks } from '../rows/ownedBlocks.ts';
import type { LopqPartTables } from './lopqModel.ts';
import type { LopqModel, LopqShape } from './lopqShape.ts';

/**
 * One part of an LOPQ index in kernel memory: a coarse quantizer and, for each centroid, its mean
 * residual, rotation and codebook.
 */
export class LopqPart {
  readonly shape: LopqShape;
  readonly coarse: CoarseQuantizer;
  readonly #memory: OwnedBlocks;
  /** `nlist × d`. */
  readonly #mu: Block;
  /** Per centroid; `null` for the identity. */
  readonly #rotations: readonly (Block | null)[];
  readonly #books: readonly Codebook[];

  /** @param part index of the model's part. @throws `out-of-memory` */
  constructor(memory: OwnedBlocks, shape: LopqShape, model: LopqModel, part: number) {
    const { d, nlist, code, books } = shape;
    this.shape = shape;
    this.#memory = memory;
    const ofPart = (table: Float32Array, length: number) =>
      table.subarray(part * length, (part + 1) * length);
    this.coarse = new CoarseQuantizer(memory, ofPart(model.coarse, nlist * d), d);
    this.#mu = memory.store(ofPart(model.mu, nlist * d));
    this.#rotations = Array.from(
      model.rotationOf.subarray(part * nlist, (part + 1) * nlist),
      (r) => (r === 0 ? null : memory.store(model.rotations.subarray((r - 1) * d * d, r * d * d))),
    );
    const bookFloats = code.d * code.ksub;
    const pqCentroids = ofPart(model.pqCentroids, books * bookFloats);
    this.#books = Array.from({ length: books }, (_, book) => {
      const centroids = pqCentroids.subarray(book * bookFloats, (book + 1) * bookFloats);
      return new Codebook(memory, code, centroids);
    });
  }

  /** The codebook of a centroid. */
  book(centroid: number): Codebook {
    return this.#books.length === 1 ? this.#books[0]! : this.#books[centroid]!;
  }

  /** The mean residual of a centroid. A transient view. */
  muView(centroid: number): Float32Array<ArrayBuffer> {
    return float32View(this.#mu, this.shape.d, centroid * this.shape.d);
  }

  /**
   * Writes a vector's centred residual: `x − c − mu`.
   *
   * @param vector `d` long
   * @param target `d` long; may be `vector` itself
   */
  subtractCentre(centroid: number, vector: Float32Array, target: Float32Array): void {
    const c = this.coarse.centroidView(centroid);
    const mu = this.muView(centroid);
    for (let i = 0; i < c.length; i++) {
      // Rounded in between, as a table of residuals would be: codes depend on every bit.
      target[i] = Math.fround(vector[i]! - c[i]!) - mu[i]!;
    }
  }

  /** The inner product of a query with a centroid plus its mean residual: `q · (c + mu)`. */
  ipWithCentre(centroid: number, query: Float32Array): number {
    const c = this.coarse.centroidView(centroid);
    const mu = this.muView(centroid);
    let sum = 0;
    for (let i = 0; i < c.length; i++) sum += query[i]! * (c[i]! + mu[i]!);
    return sum;
  }

  /**
   * Applies a centroid's rotation to vectors.
   *
   * @param rows `count × d`, from row `first` on
   * @param target at least `count × d`, written from its start
   */
  rotate(centroid: number, rows: Block, first: number, count: number, target: Block): void {
    const { d } = this.shape;
    const rotation = this.#rotations[centroid]!;
    if (rotation === null) {
      float32View(target, count * d).set(float32View(rows, count * d, first * d));
      return;
    }
    const run = { block: rows, offset: first * d, stride: d, d, count };
    this.#memory.kernels.transform(rotation, d, run, target);
  }

  /**
   * Decodes a code: `c + mu + Rᵀ ŷ`.
   *
   * @param code `M` numbers
   * @param target `d` long
   */
  decode(centroid: number, code: Uint8Array, target: Float32Array): void {
    const { d } = this.shape;
    const y = new Float32Array(d);
    this.book(centroid).decode(code, y);
    const c = this.coarse.centroidView(centroid);
    const mu = this.muView(centroid);
    const rotation = this.#rotations[centroid]!;
    const R = rotation && float32View(rotation, d * d);
    for (let i = 0; i < d; i++) {
      let residual = R ? 0 : y[i]!;
      if (R) for (let j = 0; j < d; j++) residual += R[j * d + i]! * y[j]!;
      target[i] = c[i]! + mu[i]! + residual;
    }
  }

  /** The part's tables, as transient views. */
  tables(): LopqPartTables {
    const { d, nlist } = this.shape;
    return {
      coarse: float32View(this.coarse.centroids, nlist * d),
      mu: float32View(this.#mu, nlist * d),
      rotations: this.#rotations.map((rotation) => rotation && float32View(rotation, d * d)),
      books: this.#books.map((book) => book.view()),
    };
  }
}
