import { AkinError } from '../../base/errors.ts';
import { vectorFile } from '../../portable/index.ts';
import type {
  PhotoId,
  PhotoInfo,
  VectorFile,
  VectorFileProgress,
  VectorFileRequest,
} from '../../protocol/index.ts';
import { VECTOR_FORMATS } from '../../protocol/index.ts';
import type { Classes, Indexes, Photos } from '../../store/index.ts';
import { throwIfAborted, yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { BlobSink } from './blobSink.ts';
import { PhotoTable } from './photoTable.ts';

export interface ExportJobOptions {
  readonly store: {
    readonly indexes: Pick<Indexes, 'vectors'>;
    readonly photos: Pick<Photos, 'list' | 'classesOf'>;
  };
  readonly request: VectorFileRequest;
  /** What a photo looks like; `null` if unknown. */
  readonly nameOf: (classes: Classes) => Promise<string | null>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: VectorFileProgress) => void;
}

/** Photos per block: 3 MB of vectors at 384 values, and a row group of a parquet file. */
const BLOCK = 2_000;

/**
 * Writes vectors and metadata as one file, block by block into blobs, which the browser may keep on
 * disk.
 *
 * @throws AkinError as `ExportContract.write` says, `aborted`, and store errors
 */
export async function exportJob(options: ExportJobOptions): Promise<VectorFile> {
  const { store, request } = options;
  const { format, source, ids } = request;
  if (!VECTOR_FORMATS.includes(format)) {
    throw new AkinError('invalid-argument', `There is no format ${format}.`);
  }
  const wanted = ids === null ? null : new Set(ids);
  const gallery = (await store.photos.list()).filter(({ id }) => wanted?.has(id) ?? true);
  const asked = wanted?.size ?? gallery.length;
  const searched = new Set(source.ids);
  let photos: readonly PhotoInfo[] = gallery.filter(({ id }) => searched.has(id));
  const table = new PhotoTable(request);
  for (;;) {
    if (photos.length === 0) {
      throw new AkinError('not-found', 'None of these photos has a vector.', {
        details: { reason: 'no-vectors' },
      });
    }
    const { blob, lost } = await write(photos, table, options);
    if (blob) return { blob, photos: photos.length, skipped: asked - photos.length };
    // Formats say in front how much there is, so a vector that is missing means to start anew.
    photos = photos.filter(({ id }) => !lost.has(id));
  }
}

/** Without a blob if vectors are gone or damaged: `lost` has them all then. */
async function write(
  photos: readonly PhotoInfo[],
  table: PhotoTable,
  { store, request, nameOf, signal, onProgress }: ExportJobOptions,
): Promise<{ blob: Blob | null; lost: ReadonlySet<PhotoId> }> {
  const { format, source } = request;
  const space = { id: source.spaceId, d: source.d };
  const sink = new BlobSink();
  const file = vectorFile({
    format,
    n: photos.length,
    d: space.d,
    columns: table.columns,
    spaceId: space.id,
    sink: (bytes) => sink.add(bytes),
  });
  const lost = new Set<PhotoId>();
  for (let from = 0; from < photos.length; from += BLOCK) {
    onProgress({ done: from, total: photos.length });
    await yieldToEventLoop();
    throwIfAborted(signal);
    const some = photos.slice(from, from + BLOCK);
    const ids = some.map(({ id }) => id);
    const { vectors, skipped } = await store.indexes.vectors(space, ids);
    for (const id of skipped) lost.add(id);
    if (lost.size > 0) continue;
    const classes = await store.photos.classesOf(ids);
    const words = await Promise.all(
      ids.map((id) => {
        const of = classes.get(id);
        return of ? nameOf(of) : null;
      }),
    );
    file.add(ids, { values: vectors, n: ids.length, d: space.d }, table.cells(some, words));
  }
  if (lost.size > 0) return { blob: null, lost };
  file.end();
  onProgress({ done: photos.length, total: photos.length });
  return { blob: sink.blob(), lost };
}
