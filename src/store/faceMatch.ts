import { iou, SAME_FACE_IOU } from '../base/boxes.ts';
import type { FaceBox } from '../protocol/index.ts';

/** Above every overlap: what goes by one name is one face, wherever its box has moved since. */
const SAME_NAME = 2;

interface Placed {
  readonly faceId: string;
  readonly box: FaceBox;
}

/**
 * Which faces found in a photo are which of those that it had: each at most once, the best overlap
 * first. Ties go to the earlier one.
 *
 * @returns for each of `found` the one of `old` that it is, `undefined` for a new face
 */
export function matchFaces<Old extends Placed>(
  old: readonly Old[],
  found: readonly Placed[],
): (Old | undefined)[] {
  const pairs = found.flatMap((face, at) =>
    old.map((before) => ({ before, at, overlap: overlapOf(before, face) })),
  );
  const likely = pairs.filter(({ overlap }) => overlap > SAME_FACE_IOU);
  likely.sort((a, b) => b.overlap - a.overlap);
  const matches = found.map((): Old | undefined => undefined);
  const taken = new Set<Old>();
  for (const { before, at } of likely) {
    if (matches[at] || taken.has(before)) continue;
    matches[at] = before;
    taken.add(before);
  }
  return matches;
}

function overlapOf(a: Placed, b: Placed): number {
  return a.faceId === b.faceId ? SAME_NAME : iou(a.box, b.box);
}
