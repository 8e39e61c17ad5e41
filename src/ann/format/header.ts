import { alignUp } from '../../base/layout.ts';

/** How vectors are compared: inner product, higher is better; squared L2, lower is better. */
export type Metric = 'ip' | 'l2sq';

/** Index kinds that can be saved. */
export type IndexKind =
  | 'flat'
  | 'ivf'
  | 'pq'
  | 'opq'
  | 'ivfpq'
  | 'lopq'
  | 'kdtree'
  | 'forest'
  | 'hnsw'
  | 'lsh'
  | 'itq';

/** Header of a saved index. `docs/format.md` describes every byte. */
export interface IndexHeader {
  readonly kind: IndexKind;
  readonly metric: Metric;
  /** Components of a vector, 1 to `MAX_D`. */
  readonly d: number;
  /** Vectors stored, 0 to 2³² − 1. */
  readonly ntotal: number;
  /** Coarse centroids (of each half, in a multi-index) or leaves; 0 in kinds without either. */
  readonly nlist: number;
  /** Sub-quantizers, trees of a forest, links of a row in a graph, or hash tables; 0 in kinds without. */
  readonly M: number;
  /**
   * Bits of a sub-quantizer's code, of a component's (8 in a flat SQ8 index), of a binary code, or
   * of a bucket's key; else 0.
   */
  readonly nbits: number;
  /** The space of the vectors: see `isSpaceId`. */
  readonly spaceId: string;
}

/** A byte range of a container. */
export interface Section {
  /** Its content: a number of `SECTION`. */
  readonly id: number;
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** A section's id and size, before it has an offset. */
export type SectionSize = Omit<Section, 'byteOffset'>;

export const MAX_D = 65536;
export const MAX_SPACE_ID_LENGTH = 128;
export const MAX_SECTIONS = 64;

/** 'AKIN' as the four bytes of a little-endian uint32. */
export const MAGIC = 0x4e494b41;
/** Sections, the header and the whole container are padded to multiples of this. */
export const ALIGNMENT = 8;
/** Bytes of the fields before the space id. */
export const FIXED_HEADER_BYTES = 64;
export const SECTION_ENTRY_BYTES = 24;
/** CRC-32 plus four zero bytes. */
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

/** Number of each kind in a file. Numbers are never reused. */
export const KIND_CODES: Readonly<Record<IndexKind, number>> = {
  flat: 1,
  ivf: 2,
  pq: 3,
  opq: 4,
  ivfpq: 5,
  lopq: 6,
  kdtree: 7,
  forest: 8,
  hnsw: 9,
  lsh: 10,
  itq: 11,
};

/**
 * Section numbers, the same in all kinds so that shared sections are read by the same code. Numbers
 * are never reused.
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
  treeNodes: 14,
  treePlanes: 15,
  leafRows: 16,
  treeRoots: 17,
  levels: 18,
  links: 19,
  upperLinks: 20,
  hyperplanes: 21,
  bucketKeys: 22,
  hashProjection: 24,
  hashCodes: 25,
} as const;

/** Length of the params section, the first section of every kind but flat. */
export const PARAM_COUNT = 8;

/** Whether the kind has a params section, which is always the first. */
export function hasParams(kind: IndexKind): boolean {
  return kind !== 'flat';
}

export const METRIC_CODES: Readonly<Record<Metric, number>> = { ip: 1, l2sq: 2 };

/** Whether a text is a valid space id: 1 to 128 characters of printable ASCII. */
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
 * Computes section offsets: one after the other, each padded to a multiple of 8. The layout is
 * fully determined, so overlapping or out-of-range sections cannot occur.
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
