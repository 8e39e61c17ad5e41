import type { Thumb } from '../../protocol/index.ts';

export interface ThumbCacheOptions<T> {
  readonly fetch: (ids: readonly number[]) => Promise<readonly T[]>;
  /**
   * Schedules a task for after the current render, once all tiles have requested their thumbnails.
   */
  readonly schedule: (task: () => void) => void;
  /** Thumbnails cached beyond those on the page. */
  readonly capacity?: number;
}

/**
 * Slightly more than one screen; small enough to switch quickly to what was scrolled to meanwhile.
 */
const BATCH = 64;
const BATCHES_AT_ONCE = 2;
const RETRY_MS = 1500;

/**
 * Thumbnails of photos or faces on the page. A tile requests one by subscribing. Requests of one
 * render are batched, tiles that scroll away before their turn are dropped from the queue, and the
 * least recently shown thumbnails are evicted beyond `capacity`.
 */
export class ThumbCache<T extends { readonly id: number } = Thumb> {
  readonly #options: ThumbCacheOptions<T>;
  readonly #capacity: number;
  /** In LRU order: a Map preserves insertion order. */
  readonly #shown = new Map<number, T>();
  readonly #listeners = new Map<number, Set<() => void>>();
  readonly #wanted = new Set<number>();
  readonly #asked = new Set<number>();
  #batches = 0;
  #scheduled = false;

  constructor(options: ThumbCacheOptions<T>) {
    this.#options = options;
    this.#capacity = options.capacity ?? 1200;
  }

  get(id: number): T | undefined {
    return this.#shown.get(id);
  }

  get size(): number {
    return this.#shown.size;
  }

  /** Drops all thumbnails, as their photos are gone. */
  clear(): void {
    this.#shown.clear();
    this.#wanted.clear();
  }

  /** Requests thumbnails immediately that will be shown soon. */
  prefetch(ids: readonly number[]): void {
    for (const id of ids) {
      if (!this.#shown.has(id) && !this.#asked.has(id)) this.#wanted.add(id);
    }
    while (this.#wanted.size > 0 && this.#batches < BATCHES_AT_ONCE) void this.#ask();
  }

  /** Requests the thumbnail of `id` until the returned function is called. */
  subscribe(id: number, listener: () => void): () => void {
    const listeners = this.#listeners.get(id) ?? new Set();
    this.#listeners.set(id, listeners.add(listener));
    const shown = this.#shown.get(id);
    if (shown) {
      this.#shown.delete(id);
      this.#shown.set(id, shown);
    } else if (!this.#asked.has(id)) {
      this.#wanted.add(id);
      this.#schedule();
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      this.#listeners.delete(id);
      this.#wanted.delete(id);
    };
  }

  #schedule(): void {
    if (this.#scheduled || this.#wanted.size === 0 || this.#batches >= BATCHES_AT_ONCE) return;
    this.#scheduled = true;
    this.#options.schedule(() => {
      this.#scheduled = false;
      while (this.#wanted.size > 0 && this.#batches < BATCHES_AT_ONCE) void this.#ask();
    });
  }

  async #ask(): Promise<void> {
    const ids: number[] = [];
    for (const id of this.#wanted) {
      if (ids.push(id) === BATCH) break;
    }
    for (const id of ids) {
      this.#wanted.delete(id);
      this.#asked.add(id);
    }
    this.#batches += 1;
    try {
      for (const thumb of await this.#options.fetch(ids)) this.#keep(thumb);
      this.#evict();
    } catch {
      // The library was restarting or busy: request again what is still in view.
      setTimeout(() => {
        for (const id of ids) if (this.#listeners.has(id)) this.#wanted.add(id);
        this.#schedule();
      }, RETRY_MS);
    } finally {
      for (const id of ids) this.#asked.delete(id);
      this.#batches -= 1;
      this.#schedule();
    }
  }

  #keep(thumb: T): void {
    if (this.#shown.has(thumb.id)) return;
    this.#shown.set(thumb.id, thumb);
    for (const listener of this.#listeners.get(thumb.id) ?? []) listener();
  }

  #evict(): void {
    for (const id of this.#shown.keys()) {
      if (this.#shown.size <= this.#capacity) return;
      if (!this.#listeners.has(id)) this.#shown.delete(id);
    }
  }
}
