import type { FaceBox, FaceKey, FacePoint, FacePose } from '../../protocol/index.ts';
import { isCount, isObject } from '../database/rows.ts';
import type { FaceRow, FaceScanRow, LogEntryRow } from '../database/schema.ts';

/** Face keys start here. Photo ids, which start at 1, never get this high. */
export const FIRST_FACE: FaceKey = 2 ** 31;
const LAST_FACE: FaceKey = 2 ** 32 - 1;

/** The highest valid id of an entry of the people log. */
export const MAX_ENTRY_ID = 2 ** 52;

const MAX_FACE_ID = 100;
const POINTS = 5;

/** Whether a key of `vectors`, `delta` or `tombstones` is a face's, not a photo's. */
export function isFaceKey(id: number): boolean {
  return id >= FIRST_FACE;
}

export function isFaceRow(value: unknown): value is FaceRow {
  return (
    isObject(value) &&
    isCount(value.id, FIRST_FACE) &&
    value.id <= LAST_FACE &&
    isCount(value.photoId, 1) &&
    isFaceId(value.faceId) &&
    isBox(value.box) &&
    Array.isArray(value.points) &&
    value.points.length === POINTS &&
    value.points.every(isPoint) &&
    isShare(value.score) &&
    isShare(value.flag) &&
    isNumber(value.sizePx) &&
    value.sizePx >= 0 &&
    isNumber(value.blur) &&
    value.blur >= 0 &&
    isPose(value.pose) &&
    (value.quality === 'good' || value.quality === 'unsure') &&
    typeof value.spaceId === 'string' &&
    (value.drawn === undefined || value.drawn === true)
  );
}

export function isFaceScanRow(value: unknown): value is FaceScanRow {
  return (
    isObject(value) &&
    typeof value.version === 'string' &&
    isCount(value.faces, 0) &&
    isCount(value.leftOut, 0) &&
    (value.failed === undefined || typeof value.failed === 'string')
  );
}

export function isLogEntryRow(value: unknown): value is LogEntryRow {
  return isObject(value) && isCount(value.id, 1) && value.id <= MAX_ENTRY_ID;
}

function isFaceId(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_FACE_ID;
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}

function isShare(value: unknown): value is number {
  return isNumber(value) && value >= 0 && value <= 1;
}

function isBox(value: unknown): value is FaceBox {
  return (
    isObject(value) &&
    isShare(value.x) &&
    isShare(value.y) &&
    isShare(value.width) &&
    isShare(value.height)
  );
}

function isPoint(value: unknown): value is FacePoint {
  return isObject(value) && isNumber(value.x) && isNumber(value.y);
}

function isPose(value: unknown): value is FacePose {
  return isObject(value) && isNumber(value.yaw) && isNumber(value.pitch) && isNumber(value.roll);
}
