import { makeFaceId } from '../faceId.ts';

/** The hash of a photo of a test. */
export function photoHash(photo: number): string {
  return photo.toString(16).padStart(64, '0');
}

/** A face of a photo of a test: the `place`-th of a row of boxes, 0 to 9. */
export function faceId(photo: number, place = 0): string {
  return makeFaceId(photoHash(photo), { x: place / 10, y: 0.2, width: 0.08, height: 0.1 });
}
