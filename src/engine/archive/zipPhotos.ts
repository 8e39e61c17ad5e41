export interface ZipEntry {
  /** Without folders; unique. */
  readonly name: string;
  readonly content: Blob;
  /** Local time, as milliseconds since 1970 as if it were UTC. */
  readonly time: number;
}

/** Limits of one archive, which has no ZIP64 fields; split more photos into several. */
export const MOST_ZIP_BYTES = 2 ** 31;
export const MOST_ZIP_ENTRIES = 10_000;

/** Bytes held in memory before they become a blob, which the browser may store on disk. */
const BLOB_BYTES = 2 ** 24;

/**
 * Builds a ZIP archive of files, uncompressed: photos are already compressed.
 *
 * @param entries at most `MOST_ZIP_ENTRIES`, of `MOST_ZIP_BYTES` in total
 * @throws RangeError for more; DOMException if a blob can't be read
 */
export async function zipPhotos(entries: readonly ZipEntry[]): Promise<Blob> {
  const bytes = entries.reduce((sum, { content }) => sum + content.size, 0);
  if (entries.length > MOST_ZIP_ENTRIES || bytes > MOST_ZIP_BYTES) {
    throw new RangeError('too much for one archive');
  }
  const { Zip, ZipPassThrough } = await import('fflate');
  const blobs: Blob[] = [];
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  let held = 0;
  const zip = new Zip((error, chunk, isLast) => {
    if (error) throw error;
    chunks.push(chunk);
    held += chunk.length;
    if (held < BLOB_BYTES && !isLast) return;
    blobs.push(new Blob(chunks));
    [chunks, held] = [[], 0];
  });
  for (const { name, content, time } of entries) {
    const file = new ZipPassThrough(name);
    file.mtime = zipTime(time);
    zip.add(file);
    const reader = content.stream().getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      file.push(read.value);
    }
    file.push(new Uint8Array(0), true);
  }
  zip.end();
  return new Blob(blobs);
}

/** Converts to what `fflate` expects: local time. Years that ZIP can't store become 1980. */
function zipTime(time: number): Date {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  if (!(year >= 1980 && year <= 2099)) return new Date(1980, 0, 1);
  const [month, day] = [date.getUTCMonth(), date.getUTCDate()];
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()] as const;
  return new Date(year, month, day, ...clock);
}
