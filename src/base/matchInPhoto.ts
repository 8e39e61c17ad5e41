import { type Box, iou, SAME_FACE_IOU } from './boxes.ts';

/** Higher than any IoU: an equal id always matches, wherever the box has moved. */
const SAME_NAME = 2;

/** A face of a photo: its permanent id and current box. */
export interface PlacedFace {
  readonly faceId: string;
  readonly box: Box;
}

/**
 * Matches faces found in a photo to known ones: each at most once, best overlap first. Ties go to
 * the earlier found, then to the earlier known face.
 *
 * @returns the match among `known` for each of `found`, `undefined` for a new face
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
