import { iou, SAME_FACE_IOU } from '../base/boxes.ts';
import type { FaceId } from './faceId.ts';
import { boxOf, compareIds, photoHashOf } from './faceId.ts';

/**
 * Which face of a new detection is which of an old one: those of the same photo whose boxes share
 * most, above one half, each at most once. A face that keeps its old id keeps all that was said of
 * it, whatever detector or net has found it this time.
 *
 * @param from ids that something was said under
 * @param to ids of the faces there are now
 * @returns the new id for each old one that has one; what was said of the others waits for them
 */
export function matchFaces(from: Iterable<FaceId>, to: Iterable<FaceId>): Map<FaceId, FaceId> {
  const newOfPhoto = new Map<string, FaceId[]>();
  for (const id of new Set(to)) {
    const hash = photoHashOf(id);
    const faces = newOfPhoto.get(hash);
    if (faces) faces.push(id);
    else newOfPhoto.set(hash, [id]);
  }
  const pairs: { old: FaceId; now: FaceId; overlap: number }[] = [];
  for (const old of new Set(from)) {
    const box = boxOf(old);
    for (const now of newOfPhoto.get(photoHashOf(old)) ?? []) {
      const overlap = iou(box, boxOf(now));
      if (overlap > SAME_FACE_IOU) pairs.push({ old, now, overlap });
    }
  }
  pairs.sort(
    (a, b) => b.overlap - a.overlap || compareIds(a.old, b.old) || compareIds(a.now, b.now),
  );
  const matched = new Map<FaceId, FaceId>();
  const taken = new Set<FaceId>();
  for (const { old, now } of pairs) {
    if (matched.has(old) || taken.has(now)) continue;
    matched.set(old, now);
    taken.add(now);
  }
  return matched;
}
