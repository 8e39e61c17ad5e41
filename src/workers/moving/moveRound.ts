import type { ColorDescriptor } from '../../base/colors/descriptor.ts';
import {
  AkinError,
  type ErrorCode,
  type ErrorReport,
  errorReport,
  toAkinError,
} from '../../base/errors.ts';
import { OF_THE_FILE } from '../../base/fileFailures.ts';
import type { AkinEvent, NetRegions, PhotoId } from '../../protocol/index.ts';
import {
  type Classes,
  encodeClasses,
  encodeRegions,
  type Missing,
  type Store,
} from '../../store/index.ts';
import { DATE_READER, dateOf } from '../dates/dateOf.ts';
import { MOST_FAILURES_OF_NETS, OF_THE_NETS } from '../shared/fileFailures.ts';
import { MOST_TRIES, PhotoTries } from '../shared/photoTries.ts';
import { chunk, mapAhead, present } from '../shared/pipeline.ts';
import type { MovePace } from './movePace.ts';
import type { MoveQueue } from './moveQueue.ts';

/** Photos decoded ahead of inference, and photos per inference call. */
const AHEAD = 2;
const BATCH = 4;
/** Photos with a new date per event. */
const TELL_DATES = 50;
/** Photos with new colors per event. */
const TELL_COLORS = 100;
/** `meta` key of the photos in progress, which identifies one that crashes the tab. */
const TRIES = 'moving.tries';

/** Failures of an original for which its thumbnail is used instead. */
const OF_ONE_PHOTO: ReadonlySet<ErrorCode> = new Set([
  ...OF_THE_FILE,
  'not-found',
  'decoder-missing',
]);

/** The models' output for some pictures, in order. */
export interface Vectors {
  readonly spaceId: string;
  readonly vectors: readonly Float32Array<ArrayBuffer>[];
  readonly classes?: readonly (Classes | null)[] | null;
  readonly regions?: readonly NetRegions[] | null;
}

/** @typeParam P a picture decoded for the models */
export interface MoveRoundOptions<P> {
  readonly store: Pick<Store, 'ledger' | 'meta' | 'photos'>;
  /** Id of the target space. */
  readonly space: string;
  /** @throws AkinError those of `prepare` */
  readonly read: (picture: Blob, signal: AbortSignal) => Promise<P>;
  readonly embed: (pictures: readonly P[]) => Promise<Vectors>;
  /** @throws AkinError `damaged-picture` */
  readonly colorsOf: (thumbnail: ArrayBuffer) => Promise<ColorDescriptor>;
  readonly broadcast: (event: AkinEvent) => void;
  readonly pace: MovePace;
  /** Waits for the given time, or until the signal is aborted. */
  readonly rest: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Resolves when moving may continue: no import is running. */
  readonly turn: (signal: AbortSignal) => Promise<void>;
  /** The last photo already checked for dates before the ledger existed. */
  readonly datedTo: PhotoId;
  /** Called after each finished photo, which has its vector or can't have one. */
  readonly onMoved: () => void;
}

interface Opened<P> {
  readonly id: PhotoId;
  readonly picture: P;
  readonly reduced: ErrorCode | undefined;
}

/**
 * Fills in what a queue of photos lacks. Each photo is stored before the next batch begins, so the
 * next round can continue after any interruption.
 */
export class MoveRound<P> {
  readonly #options: MoveRoundOptions<P>;
  readonly #signal: AbortSignal;
  readonly #suspects: Missing[] = [];
  /** Photos with a new date not broadcast yet. */
  readonly #dated: { readonly id: PhotoId; readonly takenAt: number }[] = [];
  /** Photos with new colors not broadcast yet. */
  readonly #colored: PhotoId[] = [];
  #failures = 0;

  constructor(options: MoveRoundOptions<P>, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  /** Ends early when the signal is aborted. @throws AkinError for failures not caused by a photo */
  async run(queue: MoveQueue): Promise<void> {
    const { store, space, pace, rest } = this.#options;
    const tries = await PhotoTries.open(store.meta, space, TRIES);
    try {
      const opened = mapAhead(this.#lackVectors(queue, tries), AHEAD, (photo) =>
        this.#open(photo, tries.of(photo.id)),
      );
      for await (const batch of chunk(present(opened), BATCH)) {
        if (this.#signal.aborted) break;
        const from = performance.now();
        await this.#move(batch);
        for (const { id } of batch) tries.done(id);
        await rest(pace.restAfter(performance.now() - from), this.#signal);
      }
      await this.#moveSuspects(tries);
    } finally {
      this.#tellDates();
      this.#tellColors();
      await tries.close(!this.#signal.aborted);
    }
  }

  /** The photos that lack a vector; handles those that lack only a date or colors on the way. */
  async *#lackVectors(queue: MoveQueue, tries: PhotoTries): AsyncGenerator<Missing> {
    for (;;) {
      await this.#options.turn(this.#signal);
      if (this.#signal.aborted) return;
      const next = queue.take();
      if (!next) return;
      if (next.colors) await this.#color(next.id);
      if (!next.vector) {
        if (next.date) await this.#date(next.id);
        continue;
      }
      if (tries.of(next.id) > 0) {
        this.#suspects.push(next);
        continue;
      }
      await tries.take([next.id]);
      yield next;
    }
  }

  /** Photos in progress when a visit ended, one at a time: most of them are innocent. */
  async #moveSuspects(tries: PhotoTries): Promise<void> {
    for (const photo of this.#suspects) {
      await this.#options.turn(this.#signal);
      if (this.#signal.aborted) return;
      const tried = tries.of(photo.id);
      if (tried < MOST_TRIES) await tries.begin(photo.id);
      const opened = await this.#open(photo, tried);
      if (opened) await this.#move([opened]);
      tries.done(photo.id);
    }
  }

  async #date(id: PhotoId, original?: Blob): Promise<void> {
    const { ledger, photos } = this.#options.store;
    const photo = await photos.get(id).catch(() => null);
    if (!photo) return;
    // The camera's own date can't be improved on.
    const known = photo.dateSource === 'exif' || id <= this.#options.datedTo;
    const blob = original ?? (known ? undefined : await photos.original(id).catch(() => undefined));
    const taken = blob && !known ? await dateOf(blob) : undefined;
    const better = await ledger.dated(id, DATE_READER, taken);
    if (!better || !taken) return;
    this.#dated.push({ id, takenAt: taken.takenAt });
    if (this.#dated.length >= TELL_DATES) this.#tellDates();
  }

  #tellDates(): void {
    const dated = this.#dated.splice(0);
    if (dated.length === 0) return;
    const takenAt = dated.map((photo) => photo.takenAt);
    this.#options.broadcast({ type: 'dated', ids: dated.map(({ id }) => id), takenAt });
  }

  /** Makes a photo's colors from its thumbnail, if that can be decoded. */
  async #color(id: PhotoId): Promise<void> {
    const { colorsOf, pace, rest, store } = this.#options;
    const from = performance.now();
    const [thumb] = await store.photos.thumbs([id]);
    let colors: ColorDescriptor | null = null;
    try {
      if (thumb) colors = await colorsOf(thumb.image);
    } catch (thrown) {
      codeOf(thrown);
    }
    if ((await store.ledger.keepColors(id, colors)) && colors) this.#colored.push(id);
    if (this.#colored.length >= TELL_COLORS) this.#tellColors();
    await rest(pace.restAfter(performance.now() - from), this.#signal);
  }

  #tellColors(): void {
    const ids = this.#colored.splice(0);
    if (ids.length > 0) this.#options.broadcast({ type: 'colored', ids });
  }

  /** `null` for a photo that is gone, or is unreadable, which is noted. */
  async #open({ id, date }: Missing, tried: number): Promise<Opened<P> | null> {
    const { photos } = this.#options.store;
    let code: ErrorCode | undefined;
    let original: Blob | undefined;
    try {
      original = await photos.original(id);
    } catch (thrown) {
      code = codeOf(thrown);
    }
    if (date) await this.#date(id, original);
    if (original) {
      // In progress during repeated crashes: its thumbnail is harmless.
      if (tried >= MOST_TRIES) code = 'worker-died';
      else {
        try {
          return { id, picture: await this.#read(original), reduced: undefined };
        } catch (thrown) {
          code = codeOf(thrown);
        }
      }
    }
    const [thumb] = await photos.thumbs([id]);
    if (!thumb) return this.#unreadable(id, code);
    try {
      return { id, picture: await this.#read(new Blob([thumb.image])), reduced: code };
    } catch (thrown) {
      codeOf(thrown);
      return this.#unreadable(id, code);
    }
  }

  #read(picture: Blob): Promise<P> {
    return this.#options.read(picture, this.#signal);
  }

  async #unreadable(id: PhotoId, code: ErrorCode = 'not-found'): Promise<null> {
    if (this.#signal.aborted) return null;
    await this.#fail(id, { code, message: '' });
    return null;
  }

  /** Runs one inference call; if it fails, retries its photos one at a time to find the culprit. */
  async #move(batch: readonly Opened<P>[]): Promise<void> {
    try {
      await this.#embed(batch);
    } catch (thrown) {
      if (!OF_THE_NETS.has(toAkinError(thrown).code)) throw thrown;
      for (const photo of batch) {
        if (this.#signal.aborted) return;
        await this.#moveSuspect(photo);
      }
    }
  }

  async #moveSuspect(photo: Opened<P>): Promise<void> {
    try {
      await this.#embed([photo]);
    } catch (thrown) {
      const error = errorReport(thrown);
      // This many failures in a row point to the models.
      if (!OF_THE_NETS.has(error.code) || ++this.#failures >= MOST_FAILURES_OF_NETS) throw thrown;
      await this.#fail(photo.id, error);
    }
  }

  async #embed(batch: readonly Opened<P>[]): Promise<void> {
    const { embed, onMoved, pace, space, store, broadcast } = this.#options;
    const output = await embed(batch.map(({ picture }) => picture));
    if (output.spaceId !== space) {
      throw new AkinError('storage-failed', 'Another version of Akin runs. Reload this tab.', {
        details: { reason: 'newer' },
      });
    }
    const moved: PhotoId[] = [];
    for (const [i, { id, reduced }] of batch.entries()) {
      const classes = output.classes?.[i];
      const regions = output.regions?.[i];
      const kept = await store.ledger.keep({
        id,
        spaceId: space,
        vector: output.vectors[i]!,
        ...(classes && { classes: encodeClasses(classes) }),
        ...(regions && { regions: encodeRegions(regions) }),
        ...(reduced && { reduced }),
      });
      // A photo deleted meanwhile is done, too.
      if (kept) moved.push(id);
      pace.moved();
      onMoved();
    }
    this.#failures = 0;
    if (moved.length > 0) broadcast({ type: 'moved', ids: moved });
  }

  async #fail(id: PhotoId, error: ErrorReport): Promise<void> {
    const { onMoved, space, store } = this.#options;
    await store.ledger.fail(id, { space, ...error });
    onMoved();
  }
}

/** The code of a single photo's failure. @throws any other error */
function codeOf(thrown: unknown): ErrorCode {
  const error = toAkinError(thrown);
  if (OF_ONE_PHOTO.has(error.code)) return error.code;
  throw error;
}
