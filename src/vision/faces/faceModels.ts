import type { ModelFiles } from '../models.ts';
import { openModels } from '../models.ts';

// Free of TF.js, so that code that only needs to identify the nets doesn't load it.

export const DETECTOR = 'blazeface';
export const MESH = 'facemesh';
export const RECOGNITION = 'face_recognition_model';
/** Dimensions of a face vector. Faces are compared by plain L2 distance, unnormalised. */
export const FACE_D = 128;

/** The space of the app's face vectors. */
export interface FaceSpace {
  /** Space id: the embedder's weights and dimensions. Vectors of different spaces never mix. */
  readonly id: string;
  readonly d: number;
  /** The nets in use: changes if any of the three does. */
  readonly version: string;
}

export function faceSpaceOf(files: Pick<ModelFiles, 'sha256'>): FaceSpace {
  const [detector, mesh, embedder] = [DETECTOR, MESH, RECOGNITION].map((id) =>
    files.sha256(`${id}/weights.bin`).slice(0, 12),
  );
  return {
    id: `dlib-face/${embedder}/${FACE_D}`,
    d: FACE_D,
    version: [detector, mesh, embedder].join('-'),
  };
}

/**
 * Reads the space from the manifest of the models alone.
 *
 * @throws AkinError `model-missing`, `model-corrupt`
 */
export async function faceSpace(modelsUrl: string): Promise<FaceSpace> {
  return faceSpaceOf(await openModels(modelsUrl));
}
