import type { AkinError } from '../base/errors.ts';
import type { AkinEvent, Gallery, PhotoId } from '../protocol/index.ts';
import type { GallerySnapshot } from './api.ts';
import { type Observable, Subject } from './observable.ts';

/** Minimum interval between snapshots, in milliseconds. */
const PUBLISH_MS = 200;

type ImportedPhotos = Omit<Extract<AkinEvent, { readonly type: 'imported' }>, 'type'>;

const EMPTY: GallerySnapshot = {
  status: 'opening',
  error: null,
  length: 0,
  ...columns(0),
};

function columns(capacity: number): Gallery {
  return {
    ids: new Uint32Array(capacity),
    aspects: new Float32Array(capacity),
    takenAt: new Float64Array(capacity),
    addedAt: new Float64Array(capacity),
  };
}

/**
 * The gallery on the page: columns that grow in place, ascending by id, published as snapshots at
 * most a few times a second, however fast an import runs.
 */
export class GalleryStore {
  readonly #subject = new Subject<GallerySnapshot>(EMPTY);
  #columns = columns(1024);
  #length = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Changes received while the library's answer is in flight; `null` if none is. */
  #meanwhile: (() => void)[] | null = null;
  #loading: Promise<void> | null = null;
  #again = false;

  get snapshot(): Observable<GallerySnapshot> {
    return this.#subject;
  }

  /**
   * Loads the library's gallery, then replays the changes received meanwhile, which it may or may
   * not include. Concurrent calls share one further load.
   */
  async load(fetch: () => Promise<Gallery>): Promise<void> {
    this.#again = this.#loading !== null;
    this.#loading ??= this.#loadAll(fetch).finally(() => {
      this.#loading = null;
    });
    await this.#loading;
  }

  async #loadAll(fetch: () => Promise<Gallery>): Promise<void> {
    do {
      this.#again = false;
      this.#meanwhile = [];
      const gallery = await fetch();
      const meanwhile = this.#meanwhile;
      this.#meanwhile = null;
      this.#columns = { ...gallery };
      this.#length = gallery.ids.length;
      for (const change of meanwhile) change();
      this.#publish();
    } while (this.#again);
  }

  fail(error: AkinError): void {
    this.#subject.set({ ...EMPTY, status: 'failed', error });
  }

  clear(): void {
    this.#change(() => {
      this.#length = 0;
      this.#publish();
    });
  }

  add({ ids, aspects, takenAt, addedAt }: ImportedPhotos): void {
    const now = Date.now();
    this.#change(() => {
      ids.forEach((id, i) => {
        this.#insert(id, aspects[i]!, takenAt?.[i] ?? Number.NaN, addedAt?.[i] ?? now);
      });
      this.#publishSoon();
    });
  }

  /** Applies newly determined capture dates. */
  date(ids: readonly PhotoId[], takenAt: readonly number[]): void {
    this.#change(() => {
      ids.forEach((id, i) => {
        const at = this.#columns.ids.subarray(0, this.#length).indexOf(id);
        if (at >= 0) this.#columns.takenAt[at] = takenAt[i]!;
      });
      this.#publishSoon();
    });
  }

  remove(ids: readonly PhotoId[]): void {
    this.#change(() => this.#removeNow(new Set(ids)));
  }

  #change(change: () => void): void {
    this.#meanwhile?.push(change);
    // Before the first answer there is nothing to apply the change to.
    if (this.#subject.get().status === 'open') change();
  }

  #removeNow(gone: ReadonlySet<PhotoId>): void {
    const { ids, aspects, takenAt, addedAt } = this.#columns;
    let to = 0;
    for (let from = 0; from < this.#length; from++) {
      if (gone.has(ids[from]!)) continue;
      ids[to] = ids[from]!;
      aspects[to] = aspects[from]!;
      takenAt[to] = takenAt[from]!;
      addedAt[to] = addedAt[from]!;
      to++;
    }
    if (to === this.#length) return;
    this.#length = to;
    this.#publish();
  }

  /** Inserts in id order; almost always an append, since ids ascend in import order. */
  #insert(id: PhotoId, aspect: number, taken: number, added: number): void {
    if (this.#length === this.#columns.ids.length) this.#grow();
    const { ids, aspects, takenAt, addedAt } = this.#columns;
    let at = this.#length;
    while (at > 0 && ids[at - 1]! > id) at--;
    if (at > 0 && ids[at - 1] === id) return;
    for (const column of [ids, aspects, takenAt, addedAt]) {
      column.copyWithin(at + 1, at, this.#length);
    }
    ids[at] = id;
    aspects[at] = aspect;
    takenAt[at] = taken;
    addedAt[at] = added;
    this.#length++;
  }

  #grow(): void {
    const before = this.#columns;
    const grown = columns(Math.max(1024, before.ids.length * 2));
    grown.ids.set(before.ids);
    grown.aspects.set(before.aspects);
    grown.takenAt.set(before.takenAt);
    grown.addedAt.set(before.addedAt);
    this.#columns = grown;
  }

  /** Publishes pending changes immediately, so a finished import shows all its photos. */
  flush(): void {
    if (this.#timer !== undefined) this.#publish();
  }

  #publishSoon(): void {
    this.#timer ??= setTimeout(() => this.#publish(), PUBLISH_MS);
  }

  #publish(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { ids, aspects, takenAt, addedAt } = this.#columns;
    this.#subject.set({
      status: 'open',
      error: null,
      length: this.#length,
      ids: ids.slice(0, this.#length),
      aspects: aspects.slice(0, this.#length),
      takenAt: takenAt.slice(0, this.#length),
      addedAt: addedAt.slice(0, this.#length),
    });
  }
}
