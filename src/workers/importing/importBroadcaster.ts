import type { AkinEvent, PhotoDate } from '../../protocol/index.ts';

/** Interval over which imported photos are grouped into one event, in milliseconds. */
const GROUP_MS = 150;

/** Broadcasts imported photos to all tabs, a few times a second. */
export class ImportBroadcaster {
  readonly #broadcast: (event: AkinEvent) => void;
  #photos: PhotoDate[] = [];
  #aspects: number[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(broadcast: (event: AkinEvent) => void) {
    this.#broadcast = broadcast;
  }

  add(photo: PhotoDate, aspect: number): void {
    this.#photos.push(photo);
    this.#aspects.push(aspect);
    this.#timer ??= setTimeout(() => this.flush(), GROUP_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const photos = this.#photos;
    if (photos.length === 0) return;
    this.#broadcast({
      type: 'imported',
      ids: photos.map(({ id }) => id),
      aspects: this.#aspects,
      takenAt: photos.map(({ takenAt }) => takenAt ?? null),
      addedAt: photos.map(({ addedAt }) => addedAt),
    });
    this.#photos = [];
    this.#aspects = [];
  }
}
