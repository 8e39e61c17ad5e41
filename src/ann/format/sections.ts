import { invariant } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';
import type { IndexHeader, Section, SectionSize } from './header.ts';
import type { Container, KindLayout } from './read.ts';
import { draftContainer, sealContainer } from './write.ts';

/** A section's content, written directly into place to avoid a copy. */
export interface SectionContent extends SectionSize {
  /** Fills the section; `target` is `byteLength` long. */
  write(target: Uint8Array<ArrayBuffer>): void;
}

/** A section that holds a copy of a view. */
export function wholeSection(id: number, view: ArrayBufferView): SectionContent {
  return {
    id,
    byteLength: view.byteLength,
    write: (target) => target.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength)),
  };
}

/**
 * A section of the given rows of a table, in that order.
 *
 * @param table returns the rows; called at write time, because memory moves when it grows
 * @param rowBytes bytes per row
 */
export function rowsSection(
  id: number,
  table: () => Uint8Array,
  rowBytes: number,
  rows: ArrayLike<number>,
): SectionContent {
  return {
    id,
    byteLength: rows.length * rowBytes,
    write(target) {
      const source = table();
      for (let i = 0; i < rows.length; i++) {
        const start = rows[i]! * rowBytes;
        target.set(source.subarray(start, start + rowBytes), i * rowBytes);
      }
    },
  };
}

/**
 * Writes a whole container.
 *
 * @param layout of the kind, the same as the reader's
 * @param params the numbers of the params section, which is among `contents`; empty if there is
 *   none
 * @throws `invalid-argument` for an invalid header, `out-of-memory`
 */
export function writeContainer(
  header: IndexHeader,
  params: readonly number[],
  layout: KindLayout,
  contents: readonly SectionContent[],
): ArrayBuffer {
  const sizes = layout(header, params);
  if (sizes === undefined) {
    throw new AkinError('out-of-memory', `no memory for ${header.ntotal} rows of d = ${header.d}`);
  }
  const agree = sizes.every(
    ({ id, byteLength }, i) => contents[i]?.id === id && contents[i].byteLength === byteLength,
  );
  invariant(
    agree && sizes.length === contents.length,
    `the sections of a ${header.kind} index are not those of its layout`,
  );
  const draft = draftContainer(header, sizes);
  draft.sections.forEach(({ byteOffset, byteLength }, i) => {
    contents[i]!.write(new Uint8Array(draft.buffer, byteOffset, byteLength));
  });
  return sealContainer(draft);
}

/** A container whose sections are checked. */
type Sectioned = Pick<Container, 'buffer' | 'sections'>;

/** Views the section as float32. */
export function float32Section(container: Sectioned, id: number): Float32Array<ArrayBuffer> {
  const { byteOffset, byteLength } = sectionOf(container, id);
  return new Float32Array(container.buffer, byteOffset, byteLength / 4);
}

/** Views the section as uint32. */
export function uint32Section(container: Sectioned, id: number): Uint32Array<ArrayBuffer> {
  const { byteOffset, byteLength } = sectionOf(container, id);
  return new Uint32Array(container.buffer, byteOffset, byteLength / 4);
}

/** Views the section as bytes. */
export function bytesSection(container: Sectioned, id: number): Uint8Array<ArrayBuffer> {
  const { byteOffset, byteLength } = sectionOf(container, id);
  return new Uint8Array(container.buffer, byteOffset, byteLength);
}

function sectionOf({ sections }: Sectioned, id: number): Section {
  const section = sections.find((candidate) => candidate.id === id);
  invariant(section !== undefined, `no section ${id}`);
  return section;
}
