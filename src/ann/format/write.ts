import { checkInteger, invariant } from '../../base/checks.ts';
import { crc32 } from '../../base/crc32.ts';
import { AkinError } from '../../base/errors.ts';
import type { IndexHeader, Section, SectionSize } from './header.ts';
import {
  FIELD,
  FIXED_HEADER_BYTES,
  headerBytes,
  isSpaceId,
  KIND_CODES,
  MAGIC,
  MAX_D,
  MAX_SECTIONS,
  METRIC_CODES,
  placeSections,
  SECTION_ENTRY_BYTES,
  SECTION_FIELD,
  TRAILER_BYTES,
} from './header.ts';
import { FORMAT_VERSION } from './upgrade.ts';

/** A container with a written header and empty sections. */
export interface Draft {
  readonly buffer: ArrayBuffer;
  /** In the requested order, each at a multiple of 8. */
  readonly sections: readonly Section[];
}

/**
 * Allocates a container and writes its header and section table. The caller fills the sections in
 * place, which avoids a copy, then calls `sealContainer`.
 *
 * @throws `invalid-argument` for an invalid header
 */
export function draftContainer(header: IndexHeader, sizes: readonly SectionSize[]): Draft {
  checkHeader(header);
  invariant(sizes.length <= MAX_SECTIONS, `at most ${MAX_SECTIONS} sections`);
  const headLength = headerBytes(header.spaceId.length, sizes.length);
  const { sections, totalBytes } = placeSections(sizes, headLength);
  const buffer = allocate(totalBytes);
  writeHeader(new DataView(buffer), header, headLength, sections);
  return { buffer, sections };
}

/** Completes a filled container with its checksum. */
export function sealContainer(draft: Draft): ArrayBuffer {
  const { buffer } = draft;
  const summed = buffer.byteLength - TRAILER_BYTES;
  new DataView(buffer).setUint32(summed, crc32(new Uint8Array(buffer, 0, summed)), true);
  return buffer;
}

function allocate(byteLength: number): ArrayBuffer {
  try {
    return new ArrayBuffer(byteLength);
  } catch (cause) {
    throw new AkinError('out-of-memory', `no memory for an index of ${byteLength} bytes`, {
      cause,
    });
  }
}

function checkHeader(header: IndexHeader): void {
  checkInteger('d', header.d, 1, MAX_D);
  for (const field of ['ntotal', 'nlist', 'M', 'nbits'] as const) {
    checkInteger(field, header[field], 0, 0xffffffff);
  }
  if (!isSpaceId(header.spaceId)) {
    throw new AkinError(
      'invalid-argument',
      `a space id is 1 to 128 characters of printable ASCII, not ${JSON.stringify(header.spaceId)}`,
    );
  }
}

function writeHeader(
  view: DataView,
  header: IndexHeader,
  headLength: number,
  sections: readonly Section[],
): void {
  const put = (offset: number, value: number) => view.setUint32(offset, value, true);
  const putLong = (offset: number, value: number) => view.setBigUint64(offset, BigInt(value), true);
  put(FIELD.magic, MAGIC);
  put(FIELD.version, FORMAT_VERSION);
  put(FIELD.kind, KIND_CODES[header.kind]);
  put(FIELD.headerBytes, headLength);
  putLong(FIELD.totalBytes, view.byteLength);
  put(FIELD.metric, METRIC_CODES[header.metric]);
  put(FIELD.d, header.d);
  put(FIELD.ntotal, header.ntotal);
  put(FIELD.nlist, header.nlist);
  put(FIELD.M, header.M);
  put(FIELD.nbits, header.nbits);
  put(FIELD.spaceIdLength, header.spaceId.length);
  put(FIELD.sectionCount, sections.length);
  for (let i = 0; i < header.spaceId.length; i++) {
    view.setUint8(FIXED_HEADER_BYTES + i, header.spaceId.charCodeAt(i));
  }
  const table = headerBytes(header.spaceId.length, 0);
  sections.forEach((section, i) => {
    const entry = table + i * SECTION_ENTRY_BYTES;
    put(entry + SECTION_FIELD.id, section.id);
    putLong(entry + SECTION_FIELD.byteOffset, section.byteOffset);
    putLong(entry + SECTION_FIELD.byteLength, section.byteLength);
  });
}
