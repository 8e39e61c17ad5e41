import { type Box, iou, SAME_FACE_IOU } from './boxes.ts';

/** Above every overlap: what goes by one name is one face, wherever its box has moved since. */
const SAME_NAME = 2;

/** A face of a photo: its name for good, and where it is now. */
export interface PlacedFace {
  readonly faceId: string;
  readonly box: Box;
}

/**
 * Which faces found in a photo are which of those that were known there: each at most once, the best
 * overlap first. Ties go to the one found earlier, then to the one known earlier.
 *
 * @returns for each of `found` the one of `known` that it is, `undefined` for a new face
 */
export function matchInPhoto<Known extends PlacedFace>(
  known: readonly Known[],
  found: readonly PlacedFace[],
): (Known | undefined)[] {
  const pairs = found.flatMap((face, at) =>
    known.map((before) => ({ before, at, overlap: overlapOf(before, face) })),
  );
  const likely = pairs.filter(({ overlap }) => overlap > SAME_FACE_IOU);
  likely.sort((a, b) => b.overlap - a.overlap);
  const matches = found.map((): Known | undefined => undefined);
  const taken = new Set<Known>();
  for (const { before, at } of likely) {
    if (matches[at] || taken.has(before)) continue;
    matches[at] = before;
    taken.add(before);
  }
  return matches;
}

function overlapOf(a: PlacedFace, b: PlacedFace): number {
  return a.faceId === b.faceId ? SAME_NAME : iou(a.box, b.box);
}
