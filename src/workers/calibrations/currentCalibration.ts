import type { AkinEvent, VectorMessage } from '../../protocol/index.ts';
import type { CalibrationRow, Store } from '../../store/index.ts';
import type { TaughtSpace } from './taughtSpace.ts';

export interface CurrentCalibrationOptions {
  readonly store: Pick<Store, 'calibrations'>;
  /** Space of the model in use. */
  readonly base: string;
  /** @throws AkinError for a damaged calibration, and store errors */
  readonly open: (row: CalibrationRow) => Promise<TaughtSpace>;
}

/**
 * The calibration in use, if any: opened when it is chosen in any tab, kept up to date by any tab's
 * events, and closed when another is chosen.
 */
export class CurrentCalibration {
  readonly #options: CurrentCalibrationOptions;
  #current: TaughtSpace | null = null;
  #following: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: CurrentCalibrationOptions) {
    this.#options = options;
  }

  /** Where whole photos are compared; `null` for the model's own space. */
  get space(): TaughtSpace | null {
    return this.#current;
  }

  /**
   * Opens what is chosen now; one at a time. If that fails, the model's own space is used.
   *
   * @throws AkinError as `open`
   */
  follow(): Promise<void> {
    const followed = this.#following.then(() => this.#follow());
    this.#following = followed.catch(() => {}); /* reported to its caller */
    return followed;
  }

  /** Adds a vector from this tab's import. */
  take({ id, spaceId, vector }: VectorMessage): void {
    if (!this.#current || spaceId !== this.#options.base) return;
    const { index, extend } = this.#current;
    const extended = extend(vector);
    // One that isn't finite wasn't stored either.
    if (extended.every(Number.isFinite)) {
      index.add({ id, spaceId: index.space.id, vector: extended });
    }
  }

  /** Handles a library event from any tab. */
  async hear(event: AkinEvent): Promise<void> {
    const { type } = event;
    if (type === 'calibration-chosen' || type === 'resync' || type === 'cleared') {
      await this.follow();
    }
    // What is being read now may be from before the event.
    await this.#following;
    if (!this.#current) return;
    const { index, maintainer } = this.#current;
    if (type === 'imported' || type === 'moved') await index.addFromStore(event.ids);
    else if (type === 'resync') await index.catchUp();
    else if (type === 'removed') index.hide(event.ids);
    else if (type === 'restored') await index.show(event.ids);
    else if (type === 'purged') await index.purge();
    else if (type === 'progress' && event.progress.state === 'done') maintainer.tendSoon();
    else if (type === 'index-cancel') maintainer.cancel();
  }

  /** Closes it because another model is in use. */
  close(): void {
    this.#closed = true;
    this.#use(null);
  }

  async #follow(): Promise<void> {
    const { base, open, store } = this.#options;
    const row = await store.calibrations.chosen(base);
    if (this.#closed || row?.id === this.#current?.id) return;
    let opened: TaughtSpace | null = null;
    try {
      opened = row && (await open(row));
    } finally {
      this.#use(opened);
    }
    // Vectors may have been added since it was read.
    await opened?.index.catchUp();
    opened?.index.warmUp();
  }

  #use(next: TaughtSpace | null): void {
    const before = this.#current;
    this.#current = this.#closed ? null : next;
    for (const space of [before, this.#closed ? next : null]) {
      space?.maintainer.cleared();
      space?.index.close();
    }
  }
}
