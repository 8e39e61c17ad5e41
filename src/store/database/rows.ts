import type { Credit, DateSource, Gallery, PhotoDate, PhotoInfo } from '../../protocol/index.ts';
import { isVectorFileName } from '../vectors/vectorFiles.ts';
import type { JobRow, ManifestRow, PhotoRow, SegmentEntry } from './schema.ts';

// The disk is not trusted: a row may come from an unreleased build, an extension or a damaged
// profile. Malformed rows are skipped, so the others stay usable.

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export function isCount(value: unknown, least: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= least;
}

function isOptional(value: unknown, type: 'number' | 'string'): boolean {
  return value === undefined || typeof value === type;
}

function isCredit(value: unknown): value is Credit {
  return (
    isObject(value) &&
    typeof value.by === 'string' &&
    typeof value.licence === 'string' &&
    typeof value.source === 'string'
  );
}

export function isPhotoRow(value: unknown): value is PhotoRow {
  return (
    isObject(value) &&
    isCount(value.id, 1) &&
    typeof value.hash === 'string' &&
    typeof value.name === 'string' &&
    typeof value.path === 'string' &&
    typeof value.type === 'string' &&
    isCount(value.bytes, 0) &&
    isCount(value.width, 1) &&
    isCount(value.height, 1) &&
    typeof value.addedAt === 'number' &&
    isOptional(value.deletedAt, 'number') &&
    (value.credit === undefined || isCredit(value.credit))
  );
}

export function isJobRow(value: unknown): value is JobRow {
  return (
    isObject(value) &&
    isCount(value.id, 1) &&
    typeof value.name === 'string' &&
    typeof value.path === 'string' &&
    typeof value.type === 'string' &&
    isCount(value.bytes, 0) &&
    isOptional(value.hash, 'string') &&
    (value.credit === undefined || isCredit(value.credit)) &&
    (value.state === 'queued' || value.state === 'failed') &&
    isCount(value.attempts, 0) &&
    isOptional(value.code, 'string') &&
    isOptional(value.message, 'string') &&
    isOptional(value.failedAt, 'number') &&
    typeof value.stored === 'boolean'
  );
}

function isSegmentEntry(value: unknown): value is SegmentEntry {
  return (
    isObject(value) &&
    isCount(value.id, 1) &&
    typeof value.kind === 'string' &&
    isCount(value.formatVersion, 0) &&
    isCount(value.byteLength, 0) &&
    (value.vectorFile === undefined || isVectorFileName(value.vectorFile))
  );
}

export function isManifestRow(value: unknown): value is ManifestRow {
  return (
    isObject(value) &&
    typeof value.spaceId === 'string' &&
    isCount(value.generation, 1) &&
    Array.isArray(value.segments) &&
    value.segments.every(isSegmentEntry)
  );
}

/** The largest distance of a date from 1970, in milliseconds; there are no dates beyond it. */
const LAST_MOMENT = 8.64e15;

/** Best first. */
const DATE_SOURCES: readonly DateSource[] = ['exif', 'xmp', 'iptc', 'modified', 'file'];

/** Rank of a date's source, 0 for the best; no source ranks last. */
export function dateRank(source: DateSource | undefined): number {
  return source === undefined ? DATE_SOURCES.length : DATE_SOURCES.indexOf(source);
}

/**
 * When a photo was taken, if known. A malformed date doesn't invalidate the photo. Rows from before
 * there were more sources have `fileDated` for the file's date, else EXIF's.
 */
export function takenOf(row: {
  readonly takenAt?: unknown;
  readonly dateSource?: unknown;
  readonly fileDated?: unknown;
}): Pick<PhotoInfo, 'takenAt' | 'dateSource'> {
  if (!Number.isSafeInteger(row.takenAt)) return {};
  const takenAt = row.takenAt as number;
  if (Math.abs(takenAt) > LAST_MOMENT) return {};
  const known = DATE_SOURCES.find((source) => source === row.dateSource);
  return { takenAt, dateSource: known ?? (row.fileDated === true ? 'file' : 'exif') };
}

/** How the photo decodes. Malformed values don't invalidate the photo. */
export function looksOf({
  endMissing,
  backdrop,
}: {
  readonly endMissing?: unknown;
  readonly backdrop?: unknown;
}): Pick<PhotoInfo, 'endMissing' | 'backdrop'> {
  const isColor = typeof backdrop === 'string' && /^#[0-9a-f]{6}$/.test(backdrop);
  return { ...(endMissing === true && { endMissing }), ...(isColor && { backdrop }) };
}

export function toPhotoDate(row: PhotoRow): PhotoDate {
  const { takenAt } = takenOf(row);
  return { id: row.id, addedAt: row.addedAt, ...(takenAt !== undefined && { takenAt }) };
}

/** The public part of a row. */
export function toPhotoInfo(row: PhotoRow): PhotoInfo {
  return {
    id: row.id,
    name: row.name,
    path: row.path,
    type: row.type,
    bytes: row.bytes,
    width: row.width,
    height: row.height,
    addedAt: row.addedAt,
    ...takenOf(row),
    ...(row.deletedAt !== undefined && { deletedAt: row.deletedAt }),
    ...(row.credit && { credit: row.credit }),
    ...looksOf(row),
  };
}

/** Photos (ascending ids) as columns. */
export function toGallery(rows: readonly PhotoRow[]): Gallery {
  return {
    ids: Uint32Array.from(rows, (row) => row.id),
    aspects: Float32Array.from(rows, (row) => row.width / row.height),
    takenAt: Float64Array.from(rows, (row) => takenOf(row).takenAt ?? Number.NaN),
    addedAt: Float64Array.from(rows, (row) => row.addedAt),
  };
}
