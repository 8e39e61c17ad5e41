import type { Box } from '../../base/boxes.ts';
import { AkinError } from '../../base/errors.ts';

/** Resolution of a face id along a picture's side; fits three hexadecimal digits. */
const STEPS = 1024;

/**
 * A face's id: its photo's hash and its box, in steps of 1/1024 of the picture. Independent of
 * models and import order, so the same photo gives the same ids wherever it is indexed. Boxes vary
 * slightly between backends and models: use `matchInPhoto` to check whether the photo already has
 * the face under another id.
 *
 * @param photoHash hex SHA-256 of the photo's file
 * @param box fractions of the picture's sides
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
