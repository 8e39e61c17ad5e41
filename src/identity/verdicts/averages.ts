import { checkpoint, type TrainControl } from '../../ann/index.ts';
import type { FaceVectors } from '../faces/faceVectors.ts';
import type { Person } from '../people/people.ts';
import { sample } from './evidence.ts';

/** Faces sampled per person. */
const SAMPLE = 12;
/** Multiply-adds, or copies, between two checkpoints: about 20 ms. */
const WORK_BETWEEN = 2 ** 24;

/** Two people and the distance of their faces. */
export interface PairDistance {
  /** Indices in the list of people. */
  readonly a: number;
  readonly b: number;
  /** The root of the mean squared L2 distance between all sampled faces of the two. */
  readonly l2: number;
}

/**
 * Mean vectors of people, each from a sample of faces: gives the distance of any two for one inner
 * product. The mean of ‖x − y‖² over all pairs of faces is the mean of ‖x‖² plus that of ‖y‖² minus
 * twice the inner product of the means.
 */
export class Averages {
  readonly #d: number;
  /** (people, d) */
  readonly #means: Float32Array;
  /** (people) mean squared norms; infinite for those without a vector. */
  readonly #squares: Float64Array;

  private constructor(people: number, d: number) {
    this.#d = d;
    this.#means = new Float32Array(people * d);
    this.#squares = new Float64Array(people).fill(Number.POSITIVE_INFINITY);
  }

  /** @throws `aborted` */
  static async of(
    people: readonly Person[],
    vectors: FaceVectors,
    control?: TrainControl,
  ): Promise<Averages> {
    const averages = new Averages(people.length, vectors.d);
    const between = Math.max(1, Math.floor(WORK_BETWEEN / (16 * SAMPLE * vectors.d)));
    for (const [place, person] of people.entries()) {
      if (place % between === 0) await checkpoint(control, 'averages', place / people.length);
      averages.#take(place, sampleVectors(person, vectors));
    }
    return averages;
  }

  /**
   * The pairs nearer than `within`, each once.
   *
   * @throws `aborted`
   */
  async near(within: number, control?: TrainControl): Promise<PairDistance[]> {
    const pairs: PairDistance[] = [];
    const people = this.#squares.length;
    let work = WORK_BETWEEN;
    for (let a = 0; a < people; a++) {
      work += (people - a) * this.#d;
      if (work >= WORK_BETWEEN) {
        work = 0;
        await checkpoint(control, 'pairs', a / people);
      }
      for (let b = a + 1; b < people; b++) {
        const l2sq = this.#squares[a]! + this.#squares[b]! - 2 * this.#dot(a, b);
        if (l2sq < within * within) pairs.push({ a, b, l2: Math.sqrt(Math.max(0, l2sq)) });
      }
    }
    return pairs;
  }

  #take(place: number, faces: readonly SampledFace[]): void {
    if (faces.length === 0) return;
    const mean = this.#means.subarray(place * this.#d, (place + 1) * this.#d);
    let squares = 0;
    for (const { vector } of faces) {
      for (let i = 0; i < vector.length; i++) {
        mean[i]! += vector[i]! / faces.length;
        squares += vector[i]! * vector[i]!;
      }
    }
    this.#squares[place] = squares / faces.length;
  }

  #dot(a: number, b: number): number {
    const means = this.#means;
    let dot = 0;
    for (let i = a * this.#d, j = b * this.#d, end = i + this.#d; i < end; i++, j++) {
      dot += means[i]! * means[j]!;
    }
    return dot;
  }
}

export interface SampledFace {
  readonly faceKey: number;
  readonly vector: Float32Array;
}

/** A deterministic sample of a person's faces. */
export function sampleVectors({ faces }: Person, vectors: FaceVectors): SampledFace[] {
  return sample(faces, SAMPLE).flatMap(({ faceKey }) => {
    const vector = vectors.vectorOf(faceKey);
    return vector ? [{ faceKey, vector }] : [];
  });
}
