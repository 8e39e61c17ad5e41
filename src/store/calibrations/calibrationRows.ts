import { isCount, isObject } from '../database/rows.ts';
import type { CalibrationRow } from '../database/schema.ts';
import { isCalibratedSpace } from './calibratedSpaces.ts';

/** Whether a value is such a row; not what its reader validates. */
export function isCalibrationRow(value: unknown): value is CalibrationRow {
  return (
    isObject(value) &&
    typeof value.id === 'string' &&
    typeof value.title === 'string' &&
    typeof value.method === 'string' &&
    typeof value.weight === 'number' &&
    typeof value.baseSpaceId === 'string' &&
    typeof value.spaceId === 'string' &&
    isCalibratedSpace(value.spaceId) &&
    isCount(value.d, 1) &&
    typeof value.addedAt === 'number' &&
    value.bytes instanceof ArrayBuffer
  );
}
