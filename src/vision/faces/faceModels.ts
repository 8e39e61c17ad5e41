import type { ModelFiles } from '../models.ts';
import { openModels } from '../models.ts';

// Free of TF.js: whoever only has to know which nets there are need not load what runs them.

export const DETECTOR = 'blazeface';
export const MESH = 'facemesh';
export const RECOGNITION = 'face_recognition_model';
/** Dimensions of a face's vector. Two faces are compared by plain L2 distance, unnormalised. */
export const FACE_D = 128;

/** What the nets of the app make faces into. */
export interface FaceSpace {
  /** Space id: embedder's weights and dimensions. Vectors of two spaces never mix. */
  readonly id: string;
  readonly d: number;
  /** Which nets look: changes when any of the three does. */
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
 * Asks the manifest of the models alone.
 *
 * @throws AkinError `model-missing`, `model-corrupt`
 */
export async function faceSpace(modelsUrl: string): Promise<FaceSpace> {
  return faceSpaceOf(await openModels(modelsUrl));
}
