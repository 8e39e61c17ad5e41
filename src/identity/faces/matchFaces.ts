import { matchInPhoto, type PlacedFace } from '../../base/matchInPhoto.ts';
import type { FaceId } from './faceId.ts';
import { boxOf, compareIds, photoHashOf } from './faceId.ts';

/**
 * Matches faces of a new detection to old ones: those of the same photo whose boxes overlap most
 * (IoU above one half), each at most once. A face that keeps its old id keeps all assertions about
 * it, whatever detector or model found it this time.
 *
 * @param from ids with assertions
 * @param to ids of the current faces
 * @returns the new id of each old one with a match; assertions about the others stay dormant
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

/** Faces by photo hash, ordered by id: a deterministic tie-break on every machine. */
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
