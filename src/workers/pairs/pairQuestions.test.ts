import { describe, expect, it } from 'vitest';
import { groupPhotos, NO_ITEMS, type PairAssertion } from '../../identity/index.ts';
import { photoHash } from '../../identity/testing/ids.ts';
import type { PhotoId } from '../../protocol/index.ts';
import type { Indexes } from '../../store/index.ts';
import type { PairState } from './pairLibrary.ts';
import { pairQuestions } from './pairQuestions.ts';

const D = 2;
/** One in ten unrelated pairs has a cosine above 0.5. */
const CALIBRATION = { cosine: [-1, 0.5, 1], log10Chance: [0, -1, -6] };
const PHOTOS = 1_000;
const ids = Array.from({ length: PHOTOS }, (_, i) => i + 1);
/** Photos of near numbers are near one another on a circle. */
const angleOf = (id: PhotoId) => (id * 2 * Math.PI) / PHOTOS;
const gapOf = (a: PhotoId, b: PhotoId) => Math.min(Math.abs(a - b), PHOTOS - Math.abs(a - b));

const vectors: Indexes['vectors'] = async (_space, wanted) => {
  const found = [...new Set(Array.from(wanted))].sort((a, b) => a - b);
  return {
    ids: Uint32Array.from(found),
    vectors: Float32Array.from(
      found.flatMap((id) => [Math.cos(angleOf(id)), Math.sin(angleOf(id))]),
    ),
    skipped: [],
  };
};

/** A library of a thousand photos, and what its index is asked. */
function library(said: readonly PairAssertion[] = []) {
  const asked: number[] = [];
  const state: PairState = {
    said,
    grouped: groupPhotos([], [], said),
    items: NO_ITEMS,
    names: {
      files: [],
      idOf: new Map(ids.map((id) => [photoHash(id), id])),
      hashOf: new Map(ids.map((id) => [id, photoHash(id)])),
    },
    learnsFromMarks: true,
  };
  const index = {
    space: { id: 'circle', d: D, metric: 'ip' as const },
    liveIds: () => Uint32Array.from(ids),
    nearest(query: Float32Array, k: number, exclude: PhotoId) {
      asked.push(exclude);
      const angle = Math.atan2(query[1]!, query[0]!);
      const at = Math.round((angle * PHOTOS) / (2 * Math.PI));
      const near = [-2, -1, 1, 2].map((step) => ((at + step + PHOTOS - 1) % PHOTOS) + 1);
      return { hits: near.slice(0, k).map((id) => ({ id, score: 1 })), codesScanned: 0 };
    },
  };
  return {
    asked,
    questions: (skipped: [PhotoId, PhotoId][] = []) =>
      pairQuestions(state, { index, calibration: CALIBRATION }, vectors, skipped),
  };
}

describe('questions of a large library', () => {
  it('are about some photos and their neighbors, and differ from answer to answer', async () => {
    const { asked, questions } = library();
    const first = await questions();
    expect(first).toHaveLength(8);
    // Not one search for each photo.
    expect(asked.length).toBeLessThanOrEqual(100);
    expect(await library().questions()).toEqual(first);
    expect(await questions([[1, 2]])).not.toEqual(first);
  });

  it('are about photos that are in sets already, among others', async () => {
    const said: PairAssertion[] = [10, 300, 600].map((id) => ({
      ...{ kind: 'alike', a: photoHash(id), b: photoHash(id + 1), source: 'answer' },
    }));
    const inSets = new Set([10, 11, 300, 301, 600, 601]);
    const asked = await library(said).questions();
    const grows = asked.filter(({ a, b }) => inSets.has(a) || inSets.has(b));
    expect(grows.length).toBeGreaterThan(0);
    expect(grows.length).toBeLessThan(asked.length);
  });

  it('move to where the answers were uncertain', async () => {
    // Photos a quarter of the circle apart were said to be alike.
    const said: PairAssertion[] = Array.from({ length: 60 }, (_, i) => ({
      ...{ kind: 'alike', a: photoHash(i + 1), b: photoHash(i + 1 + 250), source: 'answer' },
    }));
    const mean = async (pairs: readonly PairAssertion[]) => {
      const asked = await library(pairs).questions();
      return asked.reduce((sum, { a, b }) => sum + gapOf(a, b), 0) / asked.length;
    };
    expect(await mean(said)).toBeGreaterThan(1.3 * (await mean([])));
  });
});
