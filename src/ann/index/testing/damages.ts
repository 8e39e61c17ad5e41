import {
  ALIGNMENT,
  FIELD,
  FIXED_HEADER_BYTES,
  headerBytes,
  PARAM_COUNT,
  SECTION,
  SECTION_ENTRY_BYTES,
  SECTION_FIELD,
  type Section,
} from '../../format/header.ts';

/** A damage to a valid container, after which the checksum is corrected. */
export interface Damage {
  readonly what: string;
  damage(view: DataView, sectionAt: (id: number) => Section): void;
  /** The error code; `null` if the result is another valid index. */
  readonly code: string | null;
}

/** Damages one value of a section. @param index of the value in the section */
type SetValue = (
  what: string,
  section: number,
  index: number,
  value: number,
  code?: string | null,
) => Damage;

const setter =
  (set: 'setUint32' | 'setFloat32'): SetValue =>
  (what, section, index, value, code = 'corrupt') => ({
    what,
    damage: (view, at) => view[set](at(section).byteOffset + 4 * index, value, true),
    code,
  });

export const setUint32 = setter('setUint32');
export const setFloat32 = setter('setFloat32');

/** Damages to the centroids and cell starts of any kind with cells. */
export function cellDamages(cells: number): Damage[] {
  return [
    setFloat32('a centroid with a NaN', SECTION.coarse, 4, Number.NaN),
    setFloat32('a centroid too long', SECTION.coarse, 0, 1e30),
    setFloat32('another centroid', SECTION.coarse, 0, 2, null),
    setUint32('cells that begin after the first row', SECTION.cellStarts, 0, 1),
    setUint32('cells out of order', SECTION.cellStarts, 1, 3),
    setUint32('cells beyond the rows', SECTION.cellStarts, 2, 0xffffffff),
    setUint32('cells that end before the last row', SECTION.cellStarts, cells, 4),
  ];
}

/** The section table of a valid container. */
export function sectionsOf(container: ArrayBuffer): Section[] {
  const view = new DataView(container);
  const table = tableOf(view);
  return Array.from({ length: view.getUint32(FIELD.sectionCount, true) }, (_, i) => {
    const entry = table + i * SECTION_ENTRY_BYTES;
    return {
      id: view.getUint32(entry + SECTION_FIELD.id, true),
      byteOffset: view.getUint32(entry + SECTION_FIELD.byteOffset, true),
      byteLength: view.getUint32(entry + SECTION_FIELD.byteLength, true),
    };
  });
}

function tableOf(view: DataView): number {
  return headerBytes(view.getUint32(FIELD.spaceIdLength, true), 0);
}

function setField(what: string, offset: number, value: number, code = 'corrupt'): Damage {
  return { what, damage: (view) => view.setUint32(offset, value, true), code };
}

/** One damage per field of the header of a valid container. */
export function headerDamages(good: ArrayBuffer): Damage[] {
  const view = new DataView(good);
  const get = (offset: number) => view.getUint32(offset, true);
  const changes = (name: string, offset: number, values: readonly number[]) =>
    values
      .filter((value) => value !== get(offset))
      .map((value) => setField(`${name} ${value}`, offset, value));
  const counted = (name: 'd' | 'ntotal' | 'nlist' | 'M' | 'nbits') => {
    const value = get(FIELD[name]);
    return changes(name, FIELD[name], [value + 1, value > 0 ? value - 1 : 7, 0xffffffff]);
  };
  const total = good.byteLength;
  const headerLength = get(FIELD.headerBytes);
  const spaceLength = get(FIELD.spaceIdLength);
  const count = get(FIELD.sectionCount);
  return [
    setField('another magic', FIELD.magic, 0x4e494b42, 'bad-magic'),
    setField('version 2', FIELD.version, 2, 'too-new'),
    setField('version 2³² − 1', FIELD.version, 0xffffffff, 'too-new'),
    setField('version 0', FIELD.version, 0, 'too-old'),
    ...changes('kind', FIELD.kind, [0, 77, 0xffffffff]),
    ...changes('header length', FIELD.headerBytes, [0, headerLength - 8, 0xffffffff]),
    ...changes('total length', FIELD.totalBytes, [0, total - 8, total + 8]),
    ...changes('high total length', FIELD.totalBytes + 4, [1, 0xffffffff]),
    ...changes('metric', FIELD.metric, [0, 3, 0xffffffff]),
    ...changes('d', FIELD.d, [0, 65537]),
    ...counted('d'),
    ...counted('ntotal'),
    ...counted('nlist'),
    ...counted('M'),
    ...counted('nbits'),
    ...changes('space id length', FIELD.spaceIdLength, [0, spaceLength - 1, 0xffffffff]),
    ...changes('section count', FIELD.sectionCount, [0, count - 1, count + 1, 0xffffffff]),
    setField('reserved, low', FIELD.reserved, 1),
    setField('reserved, high', FIELD.reserved + 4, 1),
    setField('a space id that is no text', FIXED_HEADER_BYTES, 0x07070707),
    ...paddingDamage('the space id', FIXED_HEADER_BYTES + spaceLength),
    setField('bytes after the checksum', total - 4, 1),
  ];
}

/** Damages to each field of each section table entry, to params and padding. */
export function sectionDamages(good: ArrayBuffer): Damage[] {
  const table = tableOf(new DataView(good));
  return sectionsOf(good).flatMap(({ id, byteOffset, byteLength }, i) => {
    const entry = table + i * SECTION_ENTRY_BYTES;
    const of = `of section ${id}`;
    return [
      setField(`another id ${of}`, entry + SECTION_FIELD.id, id + 1),
      setField(`a reserved field ${of}`, entry + SECTION_FIELD.reserved, 1),
      setField(`offset 0 ${of}`, entry + SECTION_FIELD.byteOffset, 0),
      setField(`an unaligned offset ${of}`, entry + SECTION_FIELD.byteOffset, byteOffset + 1),
      setField(`a huge offset ${of}`, entry + SECTION_FIELD.byteOffset + 4, 0xffffffff),
      setField(`a shorter length ${of}`, entry + SECTION_FIELD.byteLength, byteLength - 1),
      setField(`a longer length ${of}`, entry + SECTION_FIELD.byteLength, byteLength + 8),
      setField(`a huge length ${of}`, entry + SECTION_FIELD.byteLength + 4, 1),
      ...paddingDamage(`section ${id}`, byteOffset + byteLength),
      ...(id === SECTION.params ? paramDamages(byteOffset) : []),
    ];
  });
}

/** Every number of the params is validated except the seed. */
function paramDamages(byteOffset: number): Damage[] {
  const SEED = 5;
  return Array.from({ length: PARAM_COUNT }, (_, i) => i)
    .filter((i) => i !== SEED)
    .map((i) => setField(`param ${i} out of range`, byteOffset + 4 * i, 0xffffffff));
}

function paddingDamage(of: string, end: number): Damage[] {
  if (end % ALIGNMENT === 0) return [];
  const damage = (view: DataView) => view.setUint8(end, 1);
  return [{ what: `padding after ${of}`, damage, code: 'corrupt' }];
}
