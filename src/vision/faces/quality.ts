import type { Face, FaceQuality } from './types.ts';

/** Faces with a smaller box are not kept: at 20 px two of three are taken for somebody else. */
export const MIN_SIZE_PX = 24;
/** From this size on a vector is as good as that of a large face. */
const TRUSTED_SIZE_PX = 40;
const TRUSTED_SCORE = 0.7;
const TRUSTED_FLAG = 0.9;
/** Below this the chip of a face has no edge left that tells it from another. */
const TRUSTED_BLUR = 10;
/** Beyond this half of the face is hidden. */
const TRUSTED_YAW = 50;

/** Says whether a face is large, sharp and sure enough to found a group of its own. */
export function faceQuality(
  face: Pick<Face, 'score' | 'flag' | 'sizePx' | 'blur' | 'pose'>,
): FaceQuality {
  const good =
    face.score >= TRUSTED_SCORE &&
    face.flag >= TRUSTED_FLAG &&
    face.sizePx >= TRUSTED_SIZE_PX &&
    face.blur >= TRUSTED_BLUR &&
    Math.abs(face.pose.yaw) <= TRUSTED_YAW;
  return good ? 'good' : 'unsure';
}
