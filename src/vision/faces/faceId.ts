import type { Box } from '../../base/boxes.ts';
import { iou, SAME_FACE_IOU } from '../../base/boxes.ts';
import { AkinError } from '../../base/errors.ts';

/** Steps along a picture's side that a face's id tells apart; three hexadecimal digits hold them. */
const STEPS = 1024;

/**
 * A face's id: its photo's hash and its box, in steps of 1/1024 of the picture. It depends on no
 * model and no order of import, so the same photo gives the same ids wherever it is indexed.
 * A box moves a little between backends and models: before giving out an id, see by
 * {@link matchFaces} whether the photo has that face already.
 *
 * @param photoHash hex SHA-256 of the photo's file
 * @param box shares of the picture's sides
 * @throws AkinError `invalid-argument` unless the box lies in the picture
 */
export function faceId(photoHash: string, box: Box): string {
  const digits = [box.x, box.y, box.width, box.height].map((share) => {
    if (!(share >= 0 && share <= 1)) {
      throw new AkinError('invalid-argument', 'A face’s box must lie within its picture.');
    }
    return Math.round(share * STEPS)
      .toString(16)
      .padStart(3, '0');
  });
  return `${photoHash}:${digits.join('')}`;
}

/**
 * Which faces of a photo are those that were known: pairs of boxes, the best overlap first, each
 * box in one pair at most.
 *
 * @param known boxes of the photo's faces so far, as shares of its sides
 * @param found boxes now
 * @returns for every found box the number of the known one, or -1 for a new face
 */
export function matchFaces(known: readonly Box[], found: readonly Box[]): number[] {
  const pairs = found.flatMap((box, i) =>
    known.map((other, k) => ({ i, k, overlap: iou(box, other) })),
  );
  const likely = pairs.filter(({ overlap }) => overlap > SAME_FACE_IOU);
  likely.sort((p, q) => q.overlap - p.overlap || p.i - q.i || p.k - q.k);
  const match: number[] = found.map(() => -1);
  const taken = new Set<number>();
  for (const { i, k } of likely) {
    if (match[i] !== -1 || taken.has(k)) continue;
    match[i] = k;
    taken.add(k);
  }
  return match;
}
