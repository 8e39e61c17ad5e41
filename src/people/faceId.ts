import { AkinError } from '../base/errors.ts';

/**
 * A face's name for good: `<photo's SHA-256, 64 hexadecimal digits>@<x>,<y>,<width>,<height>`, the box
 * in ten-thousandths of the picture. It is made of what the face is, not of when it was found, so
 * that the same photo on another device, or indexed again, has the same faces.
 */
export type FaceId = string;

/** A box in the picture as it is shown, in shares of its width and height, 0 to 1. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Steps of a share. A finer one would make another id of the next run's rounding. */
const STEPS = 10_000;
const FACE_ID = /^([0-9a-f]{64})@(\d{1,5}),(\d{1,5}),(\d{1,5}),(\d{1,5})$/;

/**
 * The id of a face.
 *
 * @param photoHash 64 hexadecimal digits, lower case
 * @param box what lies outside the picture is cut off
 * @throws `invalid-argument`
 */
export function makeFaceId(photoHash: string, box: Box): FaceId {
  const left = step(box.x);
  const top = step(box.y);
  const width = step(box.x + box.width) - left;
  const height = step(box.y + box.height) - top;
  const id = `${photoHash}@${left},${top},${width},${height}`;
  if (!isFaceId(id)) throw new AkinError('invalid-argument', 'a face is a photo’s hash and a box');
  return id;
}

/** Whether a value is a face's id: a hash, and a box of some size within the picture. */
export function isFaceId(value: unknown): value is FaceId {
  if (typeof value !== 'string') return false;
  const match = FACE_ID.exec(value);
  if (match === null) return false;
  const [x, y, width, height] = match.slice(2).map(Number) as [number, number, number, number];
  const written = `${match[1]}@${x},${y},${width},${height}`;
  if (written !== value) return false;
  return width > 0 && height > 0 && x + width <= STEPS && y + height <= STEPS;
}

/** The hash of a face's photo. */
export function photoHashOf(id: FaceId): string {
  return id.slice(0, 64);
}

/** The box of a face, as exact as its id keeps it. */
export function boxOf(id: FaceId): Box {
  const [x, y, width, height] = id
    .slice(65)
    .split(',')
    .map((part) => Number(part) / STEPS) as [number, number, number, number];
  return { x, y, width, height };
}

/** What two boxes share, over what they cover together: 0 to 1. */
export function intersectionOverUnion(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}

/** The order of ids, the same on every machine: that of their UTF-16 units. */
export function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function step(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * STEPS);
}
