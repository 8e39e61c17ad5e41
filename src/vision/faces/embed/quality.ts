import type { Face, FaceQuality } from '../types.ts';

/** Faces with a smaller box are dropped: at 20 px two of three are confused with another person. */
export const MIN_SIZE_PX = 24;
/** From this size on, vectors are as good as those of large faces. */
const TRUSTED_SIZE_PX = 40;
const TRUSTED_SCORE = 0.6;
/** Nearly all frontal faces reach this; dogs and other animals do not. */
const TRUSTED_FLAG = 0.999;
/**
 * In squared grey levels. Faces blurred to this level are 0.36 from their sharp originals, two
 * thirds of the distance between two people; the smallest trusted faces have four times this if
 * sharp.
 */
const TRUSTED_BLUR = 5;
/** In degrees. Beyond this, one side of the face hides the other. */
const TRUSTED_YAW = 45;

/** Whether a face is large, sharp and certain enough to start a cluster. */
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
