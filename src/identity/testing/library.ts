import type { Kernels } from '../../ann/index.ts';
import { FlatIndex, SegmentedIndex, scalarKernels } from '../../ann/index.ts';
import { createPrng } from '../../base/prng.ts';
import type { Face } from '../faces/face.ts';
import { engineVectors, type FaceVectors } from '../faces/faceVectors.ts';
import { faceId, faceIdOf } from './ids.ts';
import { syntheticFaces } from './syntheticFaces.ts';

/** Faces of known people, with an exact index. */
export interface TestLibrary {
  /** The face with key `i + 1` at index `i`. */
  readonly faces: readonly Face[];
  /** The true person of each face, from 0. */
  readonly person: Uint32Array;
  readonly d: number;
  readonly vectors: FaceVectors;
  readonly index: SegmentedIndex;
  vector(faceKey: number): Float32Array;
}

/** A seeded library of synthetic faces. */
export function testLibrary(
  faces: number,
  people: number,
  seed = 1,
  kernels: Kernels = scalarKernels(),
): TestLibrary {
  const made = syntheticFaces({ faces, people }, createPrng(seed));
  const { d } = made;
  const index = new SegmentedIndex(kernels, { spaceId: 'test', metric: 'l2sq', d });
  const faceKeys = Uint32Array.from({ length: faces }, (_, i) => i + 1);
  index.addAll(faceKeys, made.vectors);
  const inPhoto = new Map<number, number>();
  return {
    faces: Array.from(faceKeys, (faceKey, i) => {
      const photo = made.photo[i]!;
      const place = inPhoto.get(photo) ?? 0;
      inPhoto.set(photo, place + 1);
      const id = faceId(photo, place);
      return { id, faceKey, photo, quality: made.good[i] ? 'good' : 'unsure' };
    }),
    person: made.person,
    d,
    vectors: engineVectors(index),
    index,
    vector: (faceKey) => made.vectors.subarray((faceKey - 1) * d, faceKey * d),
  };
}

/**
 * A library of hand-placed faces: each at a point of a plane, in L2 units, far from the origin as
 * real faces are.
 */
export function placedFaces(
  places: readonly {
    readonly x: number;
    readonly y?: number;
    readonly photo: number;
    readonly unsure?: boolean;
  }[],
): { faces: Face[]; vectors: FaceVectors; index: FlatIndex } {
  const d = 4;
  const index = new FlatIndex(scalarKernels(), { spaceId: 'test', metric: 'l2sq', d });
  const faces = places.map(({ x, y = 0, photo, unsure = false }, i): Face => {
    index.add(i + 1, Float32Array.of(x, y, 1, 0));
    const box = { x: (i % 10) / 10, y: Math.floor(i / 10) / 20, width: 0.08, height: 0.04 };
    const id = faceIdOf(photo, box);
    return { id, faceKey: i + 1, photo, quality: unsure ? 'unsure' : 'good' };
  });
  const vectorOf = (faceKey: number) => {
    const vector = new Float32Array(d);
    return index.reconstruct(faceKey, vector) ? vector : undefined;
  };
  const vectors = engineVectors({ d, vectorOf, search: (q, options) => index.search(q, options) });
  return { faces, vectors, index };
}
