import type { FaceBox } from '../protocol/index.ts';

/** Two boxes of a photo that share more than this are one face. */
const SAME_FACE_IOU = 0.5;
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
  return a.faceId === b.faceId ? SAME_NAME : intersectionOverUnion(a.box, b.box);
}

function intersectionOverUnion(a: FaceBox, b: FaceBox): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}
