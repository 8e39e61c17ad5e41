import { matchInPhoto, type PlacedFace } from '../../base/matchInPhoto.ts';
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
  const newOf = facesOfPhotos(to);
  const matched = new Map<FaceId, FaceId>();
  for (const [hash, old] of facesOfPhotos(from)) {
    const matches = matchInPhoto(newOf.get(hash) ?? [], old);
    matches.forEach((now, at) => {
      if (now) matched.set(old[at]!.faceId, now.faceId);
    });
  }
  return matched;
}

/** The faces of each photo, by its hash, in the order of their ids: ties go by it on every machine. */
function facesOfPhotos(ids: Iterable<FaceId>): Map<string, PlacedFace[]> {
  const photos = new Map<string, PlacedFace[]>();
  for (const faceId of [...new Set(ids)].sort(compareIds)) {
    const hash = photoHashOf(faceId);
    const face = { faceId, box: boxOf(faceId) };
    const faces = photos.get(hash);
    if (faces) faces.push(face);
    else photos.set(hash, [face]);
  }
  return photos;
}
