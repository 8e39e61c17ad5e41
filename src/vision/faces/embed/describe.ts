import { AkinError } from '../../../base/errors.ts';
import { alignToChip, CHIP_SIDE } from '../align/chip.ts';
import type { Point } from '../align/geometry.ts';
import { normalise } from '../align/geometry.ts';
import type { SquareReader } from '../align/sampler.ts';
import type { Similarity } from '../align/similarity.ts';
import type { CheckedFace } from '../detect/faceSearch.ts';
import { MIN_FLAG } from '../detect/faceSearch.ts';
import { FACE_D } from '../faceModels.ts';
import type { FaceNets } from '../faceNets.ts';
import { toFloats } from '../input.ts';
import type { StageClock } from '../stageClock.ts';
import type { Face } from '../types.ts';
import { laplacianVariance } from './blur.ts';
import { faceQuality } from './quality.ts';

/** Faces per batch of the embedder: larger batches gain nothing and cost memory. */
const EMBED_BATCH = 8;

/** The mesh's points, or the box's own if there is no mesh, as for the back of a head. */
const fivePointsOf = ({ detection, mesh, flag }: CheckedFace): readonly Point[] =>
  flag >= MIN_FLAG ? mesh.fivePoints : detection.points.slice(0, 5);

function describeOne(
  sampler: SquareReader,
  face: CheckedFace,
  chip: Uint8ClampedArray<ArrayBuffer>,
  vector: Float32Array<ArrayBuffer>,
): Face {
  if (!vector.every(Number.isFinite)) {
    throw new AkinError('internal', 'The face net gave no numbers. Try another backend.');
  }
  const { width, height } = sampler;
  const { detection, mesh, flag } = face;
  const told = {
    score: detection.score,
    flag,
    sizePx: Math.max(detection.box.width, detection.box.height),
    blur: laplacianVariance(chip, CHIP_SIDE),
    pose: mesh.pose,
  };
  return {
    ...told,
    box: normalise(detection.box, width, height),
    points: fivePointsOf(face).map(({ x, y }) => ({ x: x / width, y: y / height })),
    quality: faceQuality(told),
    vector,
    chip,
  };
}

/**
 * Aligns and embeds faces in batches. Drops faces whose points all coincide.
 *
 * @throws AkinError `internal` if the net's output is not finite
 */
export async function describeFaces(
  sampler: SquareReader,
  nets: FaceNets,
  faces: readonly CheckedFace[],
  clock: StageClock,
): Promise<Face[]> {
  const aligned = faces
    .map((face) => ({ face, map: alignToChip(fivePointsOf(face)) }))
    .filter((item): item is { face: CheckedFace; map: Similarity } => item.map !== null);
  const described: Face[] = [];
  for (let from = 0; from < aligned.length; from += EMBED_BATCH) {
    const batch = aligned.slice(from, from + EMBED_BATCH);
    const chips = await clock.time('alignMs', () =>
      batch.map(({ map }) => sampler.read(map, CHIP_SIDE)),
    );
    const vectors = await clock.time('embedMs', () =>
      nets.embed(toFloats(chips, 1, 0), batch.length),
    );
    for (const [i, { face }] of batch.entries()) {
      const vector = vectors.slice(i * FACE_D, (i + 1) * FACE_D) as Float32Array<ArrayBuffer>;
      described.push(describeOne(sampler, face, chips[i]!, vector));
    }
  }
  return described;
}
