import type { PhotoId } from '../../protocol/index.ts';
import type { Meta } from '../../store/index.ts';

const TRIES = 'faces.tries';

/** Failed attempts after which a photo is not tried again. */
export const MOST_TRIES = 3;

/**
 * Records which photos are being processed by the models, to detect faces or to move, and how often
 * each was tried without finishing. Written before inference, so a picture that crashes the worker
 * or the whole tab is identified at the next visit.
 *
 * Ordinary photos are recorded many at a time. Those in progress when a visit ended are suspects,
 * most of them innocent, and are tried one by one from then on.
 */
export class PhotoTries {
  readonly #meta: Pick<Meta, 'get' | 'update' | 'remove'>;
  readonly #version: string;
  readonly #key: string;
  readonly #hand: Set<PhotoId>;
  readonly #tries: Map<PhotoId, number>;
  #isStored = false;

  private constructor(
    meta: Pick<Meta, 'get' | 'update' | 'remove'>,
    version: string,
    tries: Map<PhotoId, number>,
    key: string,
  ) {
    this.#key = key;
    this.#meta = meta;
    this.#version = version;
    this.#tries = tries;
    this.#hand = new Set();
  }

  /**
   * Reads the record of an earlier visit.
   *
   * @param version of the models: with other models all photos start out innocent
   * @param key `meta` key of the record
   */
  static async open(
    meta: Pick<Meta, 'get' | 'update' | 'remove'>,
    version: string,
    key = TRIES,
  ): Promise<PhotoTries> {
    return new PhotoTries(meta, version, read(await meta.get(key), version), key);
  }

  /** Deletes the record, whatever its version. */
  static forget(meta: Pick<Meta, 'remove'>): Promise<void> {
    return meta.remove(TRIES);
  }

  /** How often a photo was tried; 0 if it is not a suspect. */
  of(id: PhotoId): number {
    return this.#tries.get(id) ?? 0;
  }

  /** Marks further photos as in progress. */
  async take(ids: readonly PhotoId[]): Promise<void> {
    for (const id of ids) this.#hand.add(id);
    await this.#write();
  }

  /** Counts an attempt on a suspect. */
  async begin(id: PhotoId): Promise<void> {
    this.#tries.set(id, this.of(id) + 1);
    await this.#write();
  }

  /** A photo in progress has failed. */
  async failed(id: PhotoId): Promise<void> {
    this.#hand.delete(id);
    await this.begin(id);
  }

  /** A photo is done. Written with the next ones: until then it is a suspect at worst. */
  done(id: PhotoId): void {
    this.#hand.delete(id);
    this.#tries.delete(id);
  }

  /**
   * Nothing is in progress any more.
   *
   * @param all whether every photo was processed, so no suspects are left
   */
  async close(all: boolean): Promise<void> {
    this.#hand.clear();
    if (all) this.#tries.clear();
    if (this.#tries.size === 0) await this.#meta.remove(this.#key);
    else await this.#write();
  }

  async #write(): Promise<void> {
    const record = { version: this.#version, hand: [...this.#hand], tries: [...this.#tries] };
    // Gone although stored: the library was emptied, and nothing may follow it.
    await this.#meta.update(this.#key, (kept) =>
      kept === undefined && this.#isStored ? kept : record,
    );
    this.#isStored = true;
  }
}

/** Photos in progress when a visit ended count as tried once more. */
function read(kept: unknown, version: string): Map<PhotoId, number> {
  const tries = new Map<PhotoId, number>();
  if (typeof kept !== 'object' || kept === null) return tries;
  const { version: of, hand, tries: counts } = kept as Record<string, unknown>;
  if (of !== version || !Array.isArray(hand) || !Array.isArray(counts)) return tries;
  for (const entry of counts) {
    if (!Array.isArray(entry)) continue;
    const [id, count] = entry;
    if (isWhole(id) && isWhole(count)) tries.set(id, Math.min(count, MOST_TRIES));
  }
  for (const id of hand) if (isWhole(id)) tries.set(id, (tries.get(id) ?? 0) + 1);
  return tries;
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
