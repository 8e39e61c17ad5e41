import type { Face, FaceQuality } from '../types.ts';

/** Faces with a smaller box are not kept: at 20 px two of three are taken for somebody else. */
export const MIN_SIZE_PX = 24;
/** From this size on a vector is as good as that of a large face. */
const TRUSTED_SIZE_PX = 40;
const TRUSTED_SCORE = 0.6;
/** Nearly all faces of people who look into the camera reach this; dogs and other beasts do not. */
const TRUSTED_FLAG = 0.999;
/**
 * In squared grey levels. Faces blurred down to this lie 0.36 from their sharp selves, two thirds
 * of what makes two people; the sharp ones among the smallest that are trusted have four times it.
 */
const TRUSTED_BLUR = 5;
/** In degrees. Beyond this one side of the face hides the other. */
const TRUSTED_YAW = 45;

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
