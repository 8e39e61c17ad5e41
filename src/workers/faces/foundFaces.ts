import type { FacesOutput } from '../../protocol/index.ts';
import type { FoundFaces, NewFace } from '../../store/index.ts';
import { faceId } from '../../vision/faces/faceId.ts';

/**
 * Converts the models' output for a photo to the store's format.
 *
 * @param hash of the photo's original
 */
export function foundFaces(hash: string, output: FacesOutput): FoundFaces {
  const { spaceId, version, leftOut } = output;
  const faces = output.faces.map(
    (face): NewFace => ({ ...face, faceId: faceId(hash, face.box), spaceId }),
  );
  return { version, faces, leftOut };
}
