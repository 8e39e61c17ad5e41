import { describe, expect, it } from 'vitest';
import { newFace } from '../testing/faces.ts';
import { FIRST_FACE, isFaceKey, isFaceRow, isFaceScanRow, isLogEntryRow } from './faceRows.ts';

const { vector: _vector, chip: _chip, ...told } = newFace(1);
const ROW = { ...told, id: FIRST_FACE + 1, photoId: 1 };

describe('face rows', () => {
  it('are accepted as they are written', () => {
    expect(isFaceRow(ROW)).toBe(true);
    expect(isFaceRow({ ...ROW, drawn: true })).toBe(true);
    expect(isFaceRow({ ...ROW, faceId: 'x'.repeat(100) })).toBe(true);
  });

  it.each([
    ['no object', null],
    ['a number of a photo', { ...ROW, id: 5 }],
    ['a number that is too large', { ...ROW, id: 2 ** 32 }],
    ['no photo', { ...ROW, photoId: 0 }],
    ['no name', { ...ROW, faceId: '' }],
    ['a name that is too long', { ...ROW, faceId: 'x'.repeat(101) }],
    ['a box in pixels', { ...ROW, box: { ...ROW.box, width: 80 } }],
    ['a box without a number', { ...ROW, box: { ...ROW.box, x: Number.NaN } }],
    ['four points', { ...ROW, points: ROW.points.slice(1) }],
    ['a point that is none', { ...ROW, points: [...ROW.points.slice(1), { x: 1 }] }],
    ['an endless list', { ...ROW, points: { length: 5 } }],
    ['a score above 1', { ...ROW, score: 1.5 }],
    ['no flag', { ...ROW, flag: undefined }],
    ['a size below 0', { ...ROW, sizePx: -1 }],
    ['an infinite blur', { ...ROW, blur: Number.POSITIVE_INFINITY }],
    ['half a pose', { ...ROW, pose: { yaw: 1, pitch: 2 } }],
    ['another quality', { ...ROW, quality: 'best' }],
    ['no space', { ...ROW, spaceId: 4 }],
    ['drawn, perhaps', { ...ROW, drawn: 'yes' }],
  ])('are rejected with %s', (_what, row) => {
    expect(isFaceRow(row)).toBe(false);
  });

  it('have keys that no photo has', () => {
    expect([1, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1].map(isFaceKey)).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});

describe('face scan rows and log entry rows', () => {
  it('are validated', () => {
    expect(isFaceScanRow({ version: 'v1', faces: 0, leftOut: 2 })).toBe(true);
    expect(isFaceScanRow({ version: 1, faces: 0, leftOut: 2 })).toBe(false);
    expect(isFaceScanRow({ version: 'v1', faces: -1, leftOut: 2 })).toBe(false);
    expect(isFaceScanRow(undefined)).toBe(false);
    expect(isLogEntryRow({ id: 1, any: 'thing' })).toBe(true);
    expect(isLogEntryRow({ id: 0.5 })).toBe(false);
    expect(isLogEntryRow('entry')).toBe(false);
  });
});
