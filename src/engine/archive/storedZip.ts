import { crc32 } from '../../base/crc32.ts';

export interface ZipEntry {
  /** Without folders; each once. */
  readonly name: string;
  readonly content: Blob;
  /** What the clock on the wall showed, in milliseconds since 1970 as though it were UTC. */
  readonly time: number;
}

/** Of all entries together, so that no offset needs the longer fields of ZIP64. */
export const MOST_ZIP_BYTES = 2 ** 31;
export const MOST_ZIP_ENTRIES = 10_000;

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Version 2.0, and the flag for names in UTF-8. */
const VERSION = 20;
const UTF8 = 0x0800;

/**
 * A ZIP archive (APPNOTE 6.3) of files as they are: photos are compressed already. The archive refers to
 * the blobs that it is made of, so that it takes no memory of its own.
 *
 * @param entries at most `MOST_ZIP_ENTRIES`, of `MOST_ZIP_BYTES` together
 * @throws RangeError for more; DOMException where a blob can't be read
 */
export async function storedZip(entries: readonly ZipEntry[]): Promise<Blob> {
  const bytes = entries.reduce((sum, { content }) => sum + content.size, 0);
  if (entries.length > MOST_ZIP_ENTRIES || bytes > MOST_ZIP_BYTES) {
    throw new RangeError('too much for one archive');
  }
  const files: BlobPart[] = [];
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for (const { name, content, time } of entries) {
    const shared = {
      name: new TextEncoder().encode(name),
      sum: await sumOf(content),
      size: content.size,
      stamp: dosTime(time),
    };
    const local = header(LOCAL, shared);
    directory.push(header(CENTRAL, shared, offset));
    files.push(local, content);
    offset += local.length + content.size;
  }
  const length = directory.reduce((sum, each) => sum + each.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, END, true);
  end.setUint16(8, entries.length, true);
  end.setUint16(10, entries.length, true);
  end.setUint32(12, length, true);
  end.setUint32(16, offset, true);
  return new Blob([...files, ...directory, end.buffer]);
}

async function sumOf(content: Blob): Promise<number> {
  let sum = 0;
  const reader = content.stream().getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return sum;
    sum = crc32(value, sum);
  }
}

interface Shared {
  readonly name: Uint8Array;
  readonly sum: number;
  readonly size: number;
  readonly stamp: number;
}

/** The header of a file; with `offset`, its entry in the directory. */
function header(
  signature: number,
  { name, sum, size, stamp }: Shared,
  offset?: number,
): Uint8Array<ArrayBuffer> {
  const fixed = offset === undefined ? 30 : 46;
  const bytes = new Uint8Array(fixed + name.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  // The directory also says by which version it was made.
  let at = 4;
  if (offset !== undefined) {
    view.setUint16(at, VERSION, true);
    at += 2;
  }
  view.setUint16(at, VERSION, true);
  view.setUint16(at + 2, UTF8, true);
  view.setUint32(at + 6, stamp, true);
  view.setUint32(at + 10, sum, true);
  view.setUint32(at + 14, size, true);
  view.setUint32(at + 18, size, true);
  view.setUint16(at + 22, name.length, true);
  if (offset !== undefined) view.setUint32(42, offset, true);
  bytes.set(name, fixed);
  return bytes;
}

/** The date in the upper half, the time in the lower, as MS-DOS had them: 1980 to 2107, even seconds. */
function dosTime(time: number): number {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  if (!(year >= 1980 && year <= 2107)) return (1 << 21) | (1 << 16);
  const day = ((year - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
  const clock =
    (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
  return ((day << 16) | clock) >>> 0;
}
