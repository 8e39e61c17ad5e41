import type { AkinError } from '../base/errors.ts';
import type { Gallery, PhotoId } from '../protocol/index.ts';
import type { GallerySnapshot } from './api.ts';
import { type Observable, Subject } from './observable.ts';

/** Photos arrive one by one; the page hears of them this often, in milliseconds. */
const PUBLISH_MS = 200;

const EMPTY: GallerySnapshot = {
  status: 'opening',
  error: null,
  length: 0,
  ids: new Uint32Array(0),
  aspects: new Float32Array(0),
};

/**
 * The gallery on the page: two columns that grow in place, ascending by id, published as snapshots
 * at most a few times a second however fast an import runs.
 */
export class GalleryStore {
  readonly #subject = new Subject<GallerySnapshot>(EMPTY);
  #ids = new Uint32Array(1024);
  #aspects = new Float32Array(1024);
  #length = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** What happened while the library's answer was on its way; `null` when none is. */
  #meanwhile: (() => void)[] | null = null;
  #loading: Promise<void> | null = null;
  #again = false;

  get snapshot(): Observable<GallerySnapshot> {
    return this.#subject;
  }

  /**
   * Takes the library's own answer, and then what happened while it was on its way, which may or
   * may not be in it. Of several calls at once, one more follows the one under way.
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
      this.#ids = gallery.ids;
      this.#aspects = gallery.aspects;
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

  add(ids: readonly PhotoId[], aspects: readonly number[]): void {
    this.#change(() => {
      for (let i = 0; i < ids.length; i++) this.#insert(ids[i]!, aspects[i]!);
      this.#publishSoon();
    });
  }

  remove(ids: readonly PhotoId[]): void {
    this.#change(() => this.#removeNow(new Set(ids)));
  }

  #change(change: () => void): void {
    this.#meanwhile?.push(change);
    // Before the first answer there is nothing to show a change in.
    if (this.#subject.get().status === 'open') change();
  }

  #removeNow(gone: ReadonlySet<PhotoId>): void {
    let to = 0;
    for (let from = 0; from < this.#length; from++) {
      if (gone.has(this.#ids[from]!)) continue;
      this.#ids[to] = this.#ids[from]!;
      this.#aspects[to] = this.#aspects[from]!;
      to++;
    }
    if (to === this.#length) return;
    this.#length = to;
    this.#publish();
  }

  /** Keeps the order by id; nearly always an append, since ids are given in order of import. */
  #insert(id: PhotoId, aspect: number): void {
    let at = this.#length;
    while (at > 0 && this.#ids[at - 1]! > id) at--;
    if (at > 0 && this.#ids[at - 1] === id) return;
    if (this.#length === this.#ids.length) this.#grow();
    this.#ids.copyWithin(at + 1, at, this.#length);
    this.#aspects.copyWithin(at + 1, at, this.#length);
    this.#ids[at] = id;
    this.#aspects[at] = aspect;
    this.#length++;
  }

  #grow(): void {
    const capacity = Math.max(1024, this.#ids.length * 2);
    const ids = new Uint32Array(capacity);
    const aspects = new Float32Array(capacity);
    ids.set(this.#ids);
    aspects.set(this.#aspects);
    this.#ids = ids;
    this.#aspects = aspects;
  }

  /** Publishes what has come in, at once: an import that is done shows all of its photos. */
  flush(): void {
    if (this.#timer !== undefined) this.#publish();
  }

  #publishSoon(): void {
    this.#timer ??= setTimeout(() => this.#publish(), PUBLISH_MS);
  }

  #publish(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#subject.set({
      status: 'open',
      error: null,
      length: this.#length,
      ids: this.#ids.slice(0, this.#length),
      aspects: this.#aspects.slice(0, this.#length),
    });
  }
}
