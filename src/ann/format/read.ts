import { crc32 } from '../../base/crc32.ts';
import { AkinError } from '../../base/errors.ts';
import type { IndexHeader, IndexKind, Metric, Section, SectionSize } from './header.ts';
import {
  ALIGNMENT,
  FIELD,
  FIXED_HEADER_BYTES,
  hasParams,
  headerBytes,
  isSpaceId,
  KIND_CODES,
  MAGIC,
  MAX_D,
  MAX_SECTIONS,
  MAX_SPACE_ID_LENGTH,
  METRIC_CODES,
  PARAM_COUNT,
  placeSections,
  SECTION_ENTRY_BYTES,
  SECTION_FIELD,
  TRAILER_BYTES,
} from './header.ts';
import { upgradeContainer } from './upgrade.ts';

/** The fixed-size fields of the header. */
export type IndexNumbers = Omit<IndexHeader, 'spaceId'>;

/**
 * Returns the sections that a kind must have for a header and its params, in order, or `undefined`
 * if the numbers describe no valid index (a size overflows, a count must be zero).
 *
 * @param params the `PARAM_COUNT` numbers of the params section; empty in a kind without one
 */
export type KindLayout = (
  numbers: IndexNumbers,
  params: readonly number[],
) => readonly SectionSize[] | undefined;

/** A container that passed all checks. */
export interface Container {
  /** The bytes, in the current version: the caller's own buffer unless it was upgraded. */
  readonly buffer: ArrayBuffer;
  readonly header: IndexHeader;
  /** The numbers of the params section; empty in a kind without one. */
  readonly params: readonly number[];
  readonly sections: readonly Section[];
}

/**
 * Reads an untrusted container. Checks length, magic, version, kind, ranges, total length, sections
 * and checksum, in this order, before allocating or viewing anything. Each kind checks the contents
 * of its sections itself.
 *
 * @param layoutOf layout of each kind
 * @throws `truncated`, `bad-magic`, `too-new`, `too-old`, `corrupt`
 */
export function readContainer(
  container: ArrayBuffer,
  layoutOf: (kind: IndexKind) => KindLayout,
): Container {
  checkLength(container.byteLength, FIXED_HEADER_BYTES + TRAILER_BYTES);
  const first = new DataView(container);
  if (first.getUint32(FIELD.magic, true) !== MAGIC) {
    throw new AkinError('bad-magic', 'this is no saved index of Akin');
  }
  const buffer = upgradeContainer(container, first.getUint32(FIELD.version, true));
  const view = new DataView(buffer);
  const { numbers, spaceIdLength, sectionCount, params } = readStart(view);
  const sizes = layoutOf(numbers.kind)(numbers, params);
  check(sizes !== undefined, 'the sizes in the header make no index');
  check(sectionCount === sizes.length, `${sectionCount} sections, not ${sizes.length}`);
  const start = headerBytes(spaceIdLength, sectionCount);
  const { sections, totalBytes } = placeSections(sizes, start);
  checkTotal(view, totalBytes);
  checkSectionTable(view, sections, headerBytes(spaceIdLength, 0));
  const spaceId = readSpaceId(view, spaceIdLength);
  checkSum(buffer);
  checkPadding(view, spaceIdLength, sections);
  return { buffer, header: { ...numbers, spaceId }, params, sections };
}

/**
 * The numbers of a container's header and params section.
 *
 * @param container one that `readContainer` accepted
 */
export function readNumbers(container: ArrayBuffer): Pick<Container, 'params'> & {
  readonly numbers: IndexNumbers;
} {
  const version = new DataView(container).getUint32(FIELD.version, true);
  return readStart(new DataView(upgradeContainer(container, version)));
}

function readStart(view: DataView): FixedHeader & { readonly params: readonly number[] } {
  const fixed = readFixedHeader(view);
  const start = headerBytes(fixed.spaceIdLength, fixed.sectionCount);
  return { ...fixed, params: readParams(view, fixed.numbers.kind, start) };
}

/** Throws `corrupt` for a fault that no writer of this format produces. */
function check(condition: boolean, what: string): asserts condition {
  if (!condition) throw new AkinError('corrupt', `the saved index is damaged: ${what}`);
}

function checkLength(actual: number, expected: number): void {
  if (actual < expected) {
    throw new AkinError(
      'truncated',
      `the saved index is cut short: ${actual} bytes of at least ${expected}`,
    );
  }
}

/** The 64-bit number at `offset`, or NaN if it is too large to be exact (or for any buffer). */
function getLong(view: DataView, offset: number): number {
  const value = Number(view.getBigUint64(offset, true));
  return Number.isSafeInteger(value) ? value : Number.NaN;
}

function keyOf<K extends string>(codes: Readonly<Record<K, number>>, code: number): K | undefined {
  return (Object.keys(codes) as K[]).find((key) => codes[key] === code);
}

interface FixedHeader {
  readonly numbers: IndexNumbers;
  readonly spaceIdLength: number;
  readonly sectionCount: number;
}

function readFixedHeader(view: DataView): FixedHeader {
  const get = (offset: number) => view.getUint32(offset, true);
  const kind: IndexKind | undefined = keyOf(KIND_CODES, get(FIELD.kind));
  check(kind !== undefined, `kind ${get(FIELD.kind)} is unknown`);
  const metric: Metric | undefined = keyOf(METRIC_CODES, get(FIELD.metric));
  check(metric !== undefined, `metric ${get(FIELD.metric)} is unknown`);
  const d = get(FIELD.d);
  check(d >= 1 && d <= MAX_D, `d is ${d}`);
  const spaceIdLength = get(FIELD.spaceIdLength);
  check(
    spaceIdLength >= 1 && spaceIdLength <= MAX_SPACE_ID_LENGTH,
    `a space id of ${spaceIdLength} characters`,
  );
  const sectionCount = get(FIELD.sectionCount);
  check(sectionCount <= MAX_SECTIONS, `${sectionCount} sections`);
  check(view.getBigUint64(FIELD.reserved, true) === 0n, 'a reserved field is not zero');
  check(
    get(FIELD.headerBytes) === headerBytes(spaceIdLength, sectionCount),
    `a header of ${get(FIELD.headerBytes)} bytes`,
  );
  const numbers = {
    kind,
    metric,
    d,
    ntotal: get(FIELD.ntotal),
    nlist: get(FIELD.nlist),
    M: get(FIELD.M),
    nbits: get(FIELD.nbits),
  };
  return { numbers, spaceIdLength, sectionCount };
}

/** The params come before all other sections, so their offset is known before any size is. */
function readParams(view: DataView, kind: IndexKind, start: number): number[] {
  if (!hasParams(kind)) return [];
  checkLength(view.byteLength, start + 4 * PARAM_COUNT + TRAILER_BYTES);
  return Array.from({ length: PARAM_COUNT }, (_, i) => view.getUint32(start + 4 * i, true));
}

function checkTotal(view: DataView, expected: number): void {
  const stated = getLong(view, FIELD.totalBytes);
  check(
    Number.isSafeInteger(expected) && stated === expected,
    `a length of ${stated} bytes is stated, its sizes need ${expected}`,
  );
  checkLength(view.byteLength, expected);
  check(view.byteLength === expected, `${view.byteLength} bytes, not ${expected}`);
}

function checkSectionTable(view: DataView, sections: readonly Section[], table: number): void {
  sections.forEach((section, i) => {
    const entry = table + i * SECTION_ENTRY_BYTES;
    check(
      view.getUint32(entry + SECTION_FIELD.id, true) === section.id &&
        view.getUint32(entry + SECTION_FIELD.reserved, true) === 0 &&
        getLong(view, entry + SECTION_FIELD.byteOffset) === section.byteOffset &&
        getLong(view, entry + SECTION_FIELD.byteLength) === section.byteLength,
      `entry ${i} of the section table is not that of section ${section.id}`,
    );
  });
}

function readSpaceId(view: DataView, length: number): string {
  let spaceId = '';
  for (let i = 0; i < length; i++) {
    spaceId += String.fromCharCode(view.getUint8(FIXED_HEADER_BYTES + i));
  }
  check(isSpaceId(spaceId), 'the space id is not printable ASCII');
  return spaceId;
}

function checkSum(buffer: ArrayBuffer): void {
  const summed = buffer.byteLength - TRAILER_BYTES;
  const trailer = new DataView(buffer, summed);
  const crc = crc32(new Uint8Array(buffer, 0, summed));
  check(trailer.getUint32(0, true) === crc, 'its checksum does not match');
  check(trailer.getUint32(4, true) === 0, 'the bytes after the checksum are not zero');
}

/** Padding must be zero, so that every index has exactly one saved form. */
function checkPadding(view: DataView, spaceIdLength: number, sections: readonly Section[]): void {
  const ends = sections.map((section) => section.byteOffset + section.byteLength);
  for (const end of [FIXED_HEADER_BYTES + spaceIdLength, ...ends]) {
    for (let at = end; at % ALIGNMENT !== 0; at++) {
      check(view.getUint8(at) === 0, `byte ${at}, of padding, is not zero`);
    }
  }
}
