import { alignUp } from '../../base/layout.ts';

/** How vectors are compared: inner product, higher is better; squared L2, lower is better. */
export type Metric = 'ip' | 'l2sq';

/** The kinds of index that can be saved. */
export type IndexKind = 'flat' | 'ivf' | 'pq' | 'opq' | 'ivfpq' | 'lopq';

/** What a saved index says of itself. `docs/format.md` describes every byte. */
export interface IndexHeader {
  readonly kind: IndexKind;
  readonly metric: Metric;
  /** Components of a vector, 1 to `MAX_D`. */
  readonly d: number;
  /** Vectors stored, 0 to 2³² − 1. */
  readonly ntotal: number;
  /** Coarse centroids (of each half, in a multi-index); 0 in kinds that have none. */
  readonly nlist: number;
  /** Sub-quantizers; 0 in kinds that have none. */
  readonly M: number;
  /** Bits of a sub-quantizer's code, or of a component's (8 in a flat SQ8 index); else 0. */
  readonly nbits: number;
  /** The space of the vectors: see `isSpaceId`. */
  readonly spaceId: string;
}

/** One run of bytes of a container. */
export interface Section {
  /** What it holds: a number of `SECTION`. */
  readonly id: number;
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** A section by its size alone, before it has a place. */
export type SectionSize = Omit<Section, 'byteOffset'>;

export const MAX_D = 65536;
export const MAX_SPACE_ID_LENGTH = 128;
export const MAX_SECTIONS = 64;

/** 'AKIN' as the four bytes of a little-endian uint32. */
export const MAGIC = 0x4e494b41;
/** Sections, the header and the whole are multiples of this. */
export const ALIGNMENT = 8;
/** The fields up to the space id. */
export const FIXED_HEADER_BYTES = 64;
export const SECTION_ENTRY_BYTES = 24;
/** The CRC-32 and four bytes of zero. */
export const TRAILER_BYTES = 8;

/** Byte offsets of the fixed fields. */
export const FIELD = {
  magic: 0,
  version: 4,
  kind: 8,
  headerBytes: 12,
  totalBytes: 16,
  metric: 24,
  d: 28,
  ntotal: 32,
  nlist: 36,
  M: 40,
  nbits: 44,
  spaceIdLength: 48,
  sectionCount: 52,
  reserved: 56,
} as const;

/** Byte offsets within an entry of the section table. */
export const SECTION_FIELD = { id: 0, reserved: 4, byteOffset: 8, byteLength: 16 } as const;

/** The number that stands for each kind in a file. A number once given is never given again. */
export const KIND_CODES: Readonly<Record<IndexKind, number>> = {
  flat: 1,
  ivf: 2,
  pq: 3,
  opq: 4,
  ivfpq: 5,
  lopq: 6,
};

/**
 * The sections of the kinds. All kinds number them alike, so that what they share is read by the same
 * code. A number once given is never given again.
 */
export const SECTION = {
  vectors: 1,
  ids: 2,
  params: 3,
  coarse: 4,
  cellStarts: 5,
  pqCentroids: 6,
  codes: 7,
  rotation: 8,
  sq8Scales: 9,
  sq8Codes: 10,
  mu: 11,
  rotations: 12,
  rotationOf: 13,
} as const;

/** Numbers of the params section, which every kind but flat begins with. */
export const PARAM_COUNT = 8;

/** Whether the kind has a params section: then it is the first. */
export function hasParams(kind: IndexKind): boolean {
  return kind !== 'flat';
}

export const METRIC_CODES: Readonly<Record<Metric, number>> = { ip: 1, l2sq: 2 };

/** Whether a text can name a space: 1 to 128 characters of printable ASCII. */
export function isSpaceId(text: string): boolean {
  return text.length <= MAX_SPACE_ID_LENGTH && /^[\x20-\x7e]+$/.test(text);
}

/** Bytes of the header: the fixed fields, the padded space id and the section table. */
export function headerBytes(spaceIdLength: number, sectionCount: number): number {
  return (
    FIXED_HEADER_BYTES + alignUp(spaceIdLength, ALIGNMENT) + SECTION_ENTRY_BYTES * sectionCount
  );
}

/**
 * Where sections lie: one after the other, each padded to a multiple of 8. There is this one way
 * only, so that sections which overlap or point outside are no case to think of.
 *
 * @param start the length of the header
 */
export function placeSections(
  sizes: readonly SectionSize[],
  start: number,
): { readonly sections: readonly Section[]; readonly totalBytes: number } {
  let end = start;
  const sections = sizes.map(({ id, byteLength }) => {
    const byteOffset = end;
    end += alignUp(byteLength, ALIGNMENT);
    return { id, byteOffset, byteLength };
  });
  return { sections, totalBytes: end + TRAILER_BYTES };
}
