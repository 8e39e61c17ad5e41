import type { Box } from '../../base/boxes.ts';

/**
 * A face's permanent id: `<photo's SHA-256, 64 hexadecimal digits>:<box, 12 of them>`, the box as
 * x, y, width and height in steps of 1/1024 of the picture, three digits each. It is derived from
 * the face itself, not from when it was found, so the same photo has the same faces on another
 * device, or when indexed again.
 */
export type FaceId = string;

const STEPS = 1024;
const DIGITS = 3;
const HASH_LENGTH = 64;
const FACE_ID = /^[0-9a-f]{64}:[0-9a-f]{12}$/;

/** Whether a value is a valid face id: a hash, and a box that starts within the picture. */
export function isFaceId(value: unknown): value is FaceId {
  if (typeof value !== 'string' || !FACE_ID.test(value)) return false;
  const { x, y, width, height } = boxOf(value);
  return Math.max(x, y, width, height) <= 1;
}

/** The hash of a face's photo. */
export function photoHashOf(id: FaceId): string {
  return id.slice(0, HASH_LENGTH);
}

/** The box of a face, at the resolution of its id. */
export function boxOf(id: FaceId): Box {
  const part = (place: number) => {
    const from = HASH_LENGTH + 1 + place * DIGITS;
    return Number.parseInt(id.slice(from, from + DIGITS), 16) / STEPS;
  };
  return { x: part(0), y: part(1), width: part(2), height: part(3) };
}

/** Compares ids by UTF-16 code units, the same on every machine. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
