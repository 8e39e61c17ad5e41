import { type AkinError, type ErrorCode, toAkinError } from '../../base/errors.ts';
import { OF_THE_FILE } from '../../base/fileFailures.ts';
import type { AkinEvent, FacesOutput, PhotoId } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { MOST_FAILURES_OF_NETS, OF_THE_NETS } from '../shared/fileFailures.ts';
import { MOST_TRIES, PhotoTries } from '../shared/photoTries.ts';
import { mapAhead } from '../shared/pipeline.ts';
import { broadcastFaces } from './broadcastFaces.ts';
import { foundFaces } from './foundFaces.ts';

/** Photos decoded ahead of inference. */
const AHEAD = 2;
/** Photos read from the store and marked as in progress at a time. */
const READ = 32;

/** Failures of a single photo: it can't be scanned, and retrying is pointless. */
const OF_ONE_PHOTO: ReadonlySet<ErrorCode> = new Set([...OF_THE_FILE, 'not-found']);

export interface FaceRoundOptions {
  readonly store: Store;
  /** Version of the face models. */
  readonly version: string;
  /** Decodes a photo for the models. */
  readonly decode: (photo: Blob) => Promise<ImageBitmap>;
  /** A blank picture. */
  readonly blank: () => Promise<ImageBitmap>;
  readonly find: (picture: ImageBitmap) => Promise<FacesOutput>;
  readonly broadcast: (event: AkinEvent) => void;
  /** Called after each finished photo. */
  readonly onLooked: () => void;
}

interface Opened {
  readonly id: PhotoId;
  readonly picture: ImageBitmap | AkinError;
}

/**
 * Scans each unscanned photo once. Photos that failed in the models, now or in an earlier visit,
 * are suspects: they come last and one at a time, so none is blamed for another's crash and none
 * keeps the models from the rest.
 */
export class FaceRound {
  readonly #options: FaceRoundOptions;
  readonly #signal: AbortSignal;
  readonly #suspects = new Set<PhotoId>();
  /** Whether the models have worked, without failing since. */
  #proven = false;

  constructor(options: FaceRoundOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  /** Ends early when the signal is aborted. @throws AkinError for failures not caused by a photo */
  async run(): Promise<void> {
    const { store, version } = this.#options;
    const tries = await PhotoTries.open(store.meta, version);
    let all = false;
    try {
      await this.#lookAtAll(tries);
      await this.#lookAtSuspects(tries);
      all = !this.#signal.aborted;
    } finally {
      await tries.close(all);
    }
  }

  async #lookAtAll(tries: PhotoTries): Promise<void> {
    const opened = mapAhead(this.#unsuspected(tries), AHEAD, (id) => this.#open(id));
    let failures = 0;
    for await (const photo of opened) {
      const failure = await this.#look(photo);
      if (failure) {
        await tries.failed(photo.id);
        this.#suspects.add(photo.id);
        // This many failures in a row point to the models.
        if (++failures >= MOST_FAILURES_OF_NETS) throw failure;
      } else {
        failures = 0;
        tries.done(photo.id);
        this.#options.onLooked();
      }
      if (this.#signal.aborted) break;
    }
  }

  async #lookAtSuspects(tries: PhotoTries): Promise<void> {
    for (const id of [...this.#suspects].sort((a, b) => a - b)) {
      if (this.#signal.aborted) return;
      const code = await this.#tryAlone(id, tries);
      if (code) await this.#fail(id, code);
      tries.done(id);
      this.#options.onLooked();
    }
  }

  /** Returns the error code of a photo that keeps failing, or `null`. */
  async #tryAlone(id: PhotoId, tries: PhotoTries): Promise<ErrorCode | null> {
    // If the photo crashed the tab, no error was recorded.
    let code: ErrorCode = 'worker-died';
    while (tries.of(id) < MOST_TRIES) {
      await this.#prove();
      await tries.begin(id);
      const failure = await this.#look(await this.#open(id));
      if (!failure) return null;
      this.#proven = false;
      code = failure.code;
    }
    return code;
  }

  /**
   * Ensures that the models are loaded and detect nothing in a blank picture. Any later failure is
   * then the photo's, and a visit that ends while the models load incriminates no photo.
   *
   * @throws AkinError if they don't work at all
   */
  async #prove(): Promise<void> {
    if (this.#proven) return;
    const blank = await this.#options.blank();
    try {
      await this.#options.find(blank);
    } finally {
      blank.close();
    }
    this.#proven = true;
  }

  async *#unsuspected(tries: PhotoTries): AsyncGenerator<PhotoId> {
    const { store, version } = this.#options;
    for (let after = 0; ; ) {
      const ids = await store.faces.unscanned(version, after, READ);
      const last = ids.at(-1);
      if (last === undefined || this.#signal.aborted) return;
      const fresh = ids.filter((id) => tries.of(id) === 0);
      for (const id of ids) if (tries.of(id) > 0) this.#suspects.add(id);
      if (fresh.length > 0) await tries.take(fresh);
      for (const id of fresh) {
        if (this.#signal.aborted) return;
        yield id;
      }
      after = last;
    }
  }

  async #open(id: PhotoId): Promise<Opened> {
    const { decode, store } = this.#options;
    try {
      return { id, picture: await decode(await store.photos.original(id)) };
    } catch (thrown) {
      const error = toAkinError(thrown);
      if (OF_ONE_PHOTO.has(error.code)) return { id, picture: error };
      throw error;
    }
  }

  /** Returns the models' error if the photo may have caused it. */
  async #look({ id, picture }: Opened): Promise<AkinError | null> {
    const { find, store, broadcast } = this.#options;
    if (!isPicture(picture)) {
      await this.#fail(id, picture.code);
      return null;
    }
    try {
      const hash = await store.photos.hash(id);
      if (hash === undefined) return null;
      const kept = await store.faces.keep({
        photoId: id,
        ...foundFaces(hash, await find(picture)),
      });
      if (kept) broadcastFaces(kept, broadcast);
      return null;
    } catch (thrown) {
      const error = toAkinError(thrown);
      if (OF_THE_NETS.has(error.code)) return error;
      throw error;
    } finally {
      picture.close();
    }
  }

  #fail(id: PhotoId, code: ErrorCode): Promise<void> {
    const { store, version } = this.#options;
    return store.faces.fail(id, version, code);
  }
}

function isPicture(picture: ImageBitmap | AkinError): picture is ImageBitmap {
  return 'close' in picture;
}
