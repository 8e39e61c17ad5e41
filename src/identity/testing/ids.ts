import type { Box } from '../../base/boxes.ts';
import type { FaceId } from '../faces/faceId.ts';

/** The hash of a test photo. */
export function photoHash(photo: number): string {
  return photo.toString(16).padStart(64, '0');
}

/** The id of a face in a test photo. */
export function faceIdOf(photo: number, { x, y, width, height }: Box): FaceId {
  const digits = (share: number) =>
    Math.round(share * 1024)
      .toString(16)
      .padStart(3, '0');
  return `${photoHash(photo)}:${[x, y, width, height].map(digits).join('')}`;
}

/** A face of a test photo: the `place`-th of a row of boxes, 0 to 9. */
export function faceId(photo: number, place = 0): FaceId {
  return faceIdOf(photo, { x: place / 10, y: 0.2, width: 0.08, height: 0.1 });
}
