import type { Box } from '../../base/boxes.ts';
import { AkinError } from '../../base/errors.ts';

/** Steps along a picture's side that a face's id tells apart; three hexadecimal digits hold them. */
const STEPS = 1024;

/**
 * A face's id: its photo's hash and its box, in steps of 1/1024 of the picture. It depends on no
 * model and no order of import, so the same photo gives the same ids wherever it is indexed.
 * A box moves a little between backends and models: whoever keeps faces sees by `matchInPhoto`
 * whether the photo has that face already, under an id that it keeps.
 *
 * @param photoHash hex SHA-256 of the photo's file
 * @param box shares of the picture's sides
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
