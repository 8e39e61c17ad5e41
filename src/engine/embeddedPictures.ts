import type { ImportContract, PhotoId, PictureVector, RegionBox } from '../protocol/index.ts';
import type { WorkerClient } from '../rpc/workerClient.ts';

/** Vectors of parts of photos that are kept: those of a few queries, at 2 KB each. */
const MOST_OF_PHOTOS = 100;

type Vector = Promise<PictureVector>;

/** Vectors of what is searched with, embedded once: pictures, and parts of pictures and photos. */
export class EmbeddedPictures {
  readonly #importer: Pick<WorkerClient<ImportContract>, 'call'>;
  /** By picture and box, so nothing outlives the pictures the page holds. */
  readonly #ofPictures = new WeakMap<Blob, Map<string, Vector>>();
  /** By photo and box, the latest used last. Photo ids are never used again. */
  readonly #ofPhotos = new Map<string, Vector>();

  constructor(importer: Pick<WorkerClient<ImportContract>, 'call'>) {
    this.#importer = importer;
  }

  /** @throws AkinError as the `import` worker does */
  of(picture: Blob, box?: RegionBox): Vector;
  of(photo: PhotoId, box: RegionBox): Vector;
  of(of: Blob | PhotoId, box?: RegionBox): Vector {
    const [vectors, key] = this.#place(of, box);
    const known = vectors.get(key);
    // Not aborted with the query: the next one needs it, too.
    const vector =
      known ??
      (typeof of === 'number' || box
        ? this.#importer.call('embedRegion', [of, box!])
        : this.#importer.call('embedPicture', [of]));
    vectors.delete(key);
    vectors.set(key, vector);
    if (known) return known;
    vector.catch(() => {
      if (vectors.get(key) === vector) vectors.delete(key);
    });
    const [oldest] = this.#ofPhotos.keys();
    if (this.#ofPhotos.size > MOST_OF_PHOTOS && oldest !== undefined) this.#ofPhotos.delete(oldest);
    return vector;
  }

  /** The model has changed since it was embedded. */
  forget(of: Blob | PhotoId, box?: RegionBox): void {
    const [vectors, key] = this.#place(of, box);
    vectors.delete(key);
  }

  #place(of: Blob | PhotoId, box?: RegionBox): [Map<string, Vector>, string] {
    const area = box ? [box.x, box.y, box.width, box.height].join(' ') : '';
    if (typeof of === 'number') return [this.#ofPhotos, `${of} ${area}`];
    const vectors = this.#ofPictures.get(of) ?? new Map<string, Vector>();
    this.#ofPictures.set(of, vectors);
    return [vectors, area];
  }
}
