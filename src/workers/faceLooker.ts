import { type ErrorCode, toAkinError } from '../base/errors.ts';
import type { AkinEvent, FacesOutput, FaceWork, PhotoId } from '../protocol/index.ts';
import type { FoundFaces, KeptFaces, Store } from '../store/index.ts';
import { facePicture } from '../vision/facePicture.ts';
import type { FaceSettings, KeptFaceSpace } from './faceSettings.ts';
import { foundFaces } from './foundFaces.ts';
import { mapAhead } from './pipeline.ts';

/** Held by the one tab that looks through the photos; the next in line takes over. */
export const FACES_LOCK = 'akin-faces';
/** Photos decoded while the nets look at one. */
const AHEAD = 2;
/** Photos asked of the store at a time. */
const READ = 32;
/** Progress is told this often, in milliseconds. */
const TELL_MS = 250;
/** Photos after which their pace says something. */
const PACE_AFTER = 4;

/** Failures that concern one photo: it counts as looked through, and has no face. */
const OF_ONE_PHOTO: ReadonlySet<ErrorCode> = new Set([
  'empty-file',
  'unsupported-format',
  'damaged-picture',
  'too-many-pixels',
  'file-too-large',
  'unreadable-file',
  'not-found',
]);

/** Failures of the nets that may be the photo's doing, and after how many in a row they are not. */
const OF_THE_NETS: ReadonlySet<ErrorCode> = new Set([
  'internal',
  'invalid-argument',
  'worker-died',
]);
const MAX_FAILURES = 3;

export interface FaceLookerOptions {
  readonly store: Store;
  readonly settings: FaceSettings;
  /** Which nets there are, without loading them. */
  readonly space: () => Promise<KeptFaceSpace>;
  readonly find: (picture: ImageBitmap) => Promise<FacesOutput>;
  readonly tell: (event: AkinEvent) => void;
}

/**
 * Looks for faces in the photos that are there, in the background: after faces were turned on, after
 * a visit that was cut short, and when better nets have come. Of several tabs one does it.
 */
export class FaceLooker {
  readonly #options: FaceLookerOptions;
  #working: Promise<void> | null = null;
  #stop = new AbortController();
  #failures = 0;
  /** While the nets are loaded: 0 to 1. */
  #loaded = 0;
  #say: (loaded: number) => void = () => {};

  constructor(options: FaceLookerOptions) {
    this.#options = options;
  }

  /** Goes on with what is left, if faces are on and it was not stopped. */
  async wake(): Promise<void> {
    // What is ending looks at no more: it has to be begun anew.
    if (this.#stop.signal.aborted) await this.#working;
    if (this.#working || !(await this.#options.settings.goesOn())) return;
    // Another call may have been faster; what it began has to stay within reach of `halt`.
    if (this.#working) return;
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    this.#working = navigator.locks
      .request(FACES_LOCK, () => this.#work(signal))
      .catch((thrown: unknown) => {
        const { code, message } = toAkinError(thrown);
        this.#tell({ state: 'failed', code, message });
      })
      .finally(() => {
        this.#working = null;
      });
  }

  /** Ends it here; what is left stays left. Resolves when nothing of it runs any more. */
  async halt(): Promise<void> {
    this.#stop.abort();
    await this.#working;
  }

  /** The nets' worker loads its models. */
  loading(share: number): void {
    this.#loaded = share;
    this.#say(share);
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { store, settings } = this.#options;
    if (signal.aborted || !(await this.#options.settings.goesOn())) return;
    const space = await this.#options.space();
    await settings.setSpace(space);
    const { scanned, photos } = await store.faces.scanCounts(space.version);
    const total = photos - scanned;
    if (total <= 0) return;
    this.#failures = 0;
    let done = 0;
    let told = 0;
    let from = 0;
    const say = (loaded: number) => {
      const pace = done > PACE_AFTER ? (performance.now() - from) / (done - PACE_AFTER) : null;
      const left = Math.max(0, total - done);
      this.#tell({
        state: 'looking',
        done,
        total,
        secondsLeft: pace === null ? null : (pace * left) / 1000,
        loaded,
      });
    };
    this.#say = say;
    say(this.#loaded);
    try {
      const looked = mapAhead(this.#left(space.version, signal), AHEAD, (id) => this.#decode(id));
      for await (const { id, picture } of looked) {
        await this.#look(id, picture, space.version);
        done++;
        if (done === PACE_AFTER) from = performance.now();
        if (performance.now() - told > TELL_MS) {
          told = performance.now();
          say(1);
        }
        if (signal.aborted) break;
      }
    } finally {
      this.#say = () => {};
    }
    if (signal.aborted) this.#tell({ state: 'stopped', left: Math.max(0, total - done) });
    else this.#tell({ state: 'idle' });
  }

  async *#left(version: string, signal: AbortSignal): AsyncGenerator<PhotoId> {
    for (let after = 0; ; ) {
      const ids = await this.#options.store.faces.unscanned(version, after, READ);
      for (const id of ids) {
        if (signal.aborted) return;
        yield id;
      }
      const last = ids.at(-1);
      if (last === undefined) return;
      after = last;
    }
  }

  /** A photo that can't be decoded has no picture. */
  async #decode(id: PhotoId): Promise<{ id: PhotoId; picture: ImageBitmap | null }> {
    try {
      return { id, picture: await facePicture(await this.#options.store.photos.original(id)) };
    } catch (thrown) {
      const error = toAkinError(thrown);
      if (OF_ONE_PHOTO.has(error.code)) return { id, picture: null };
      throw error;
    }
  }

  async #look(id: PhotoId, picture: ImageBitmap | null, version: string): Promise<void> {
    const { store, tell } = this.#options;
    try {
      const hash = await store.photos.hash(id);
      if (hash === undefined) return;
      const found = picture && (await this.#find(hash, picture));
      if (found === undefined) return;
      const kept = await store.faces.keep({
        photoId: id,
        ...(found ?? { version, faces: [], leftOut: 0 }),
      });
      if (kept) tellFaces(kept, tell);
    } finally {
      picture?.close();
    }
  }

  /** `undefined` where the nets could not: the photo is left for the next visit. */
  async #find(hash: string, picture: ImageBitmap): Promise<FoundFaces | undefined> {
    try {
      const found = foundFaces(hash, await this.#options.find(picture));
      this.#failures = 0;
      return found;
    } catch (thrown) {
      const error = toAkinError(thrown);
      // One photo that the nets break on must not keep them from all those after it.
      if (!OF_THE_NETS.has(error.code) || ++this.#failures >= MAX_FAILURES) throw error;
      return undefined;
    }
  }

  #tell(work: FaceWork): void {
    this.#options.tell({ type: 'face-work', work });
  }
}

/** Tells everybody of faces that came and went. Those of the bin come when they are restored. */
export function tellFaces(kept: KeptFaces, tell: (event: AkinEvent) => void): void {
  const { removed } = kept;
  const added = kept.binned ? [] : kept.added.map(({ id }) => id);
  if (added.length === 0 && removed.length === 0) return;
  tell({ type: 'faces', added, removed });
}
