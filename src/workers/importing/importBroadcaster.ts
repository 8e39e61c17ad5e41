import type { AkinEvent, PhotoId } from '../../protocol/index.ts';

/** Kept photos are told of in groups this long, in milliseconds. */
const GROUP_MS = 150;

/** Tells all tabs which photos were kept, a few times a second. */
export class ImportBroadcaster {
  readonly #tell: (event: AkinEvent) => void;
  #ids: PhotoId[] = [];
  #aspects: number[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(tell: (event: AkinEvent) => void) {
    this.#tell = tell;
  }

  add(id: PhotoId, aspect: number): void {
    this.#ids.push(id);
    this.#aspects.push(aspect);
    this.#timer ??= setTimeout(() => this.flush(), GROUP_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#ids.length === 0) return;
    this.#tell({ type: 'imported', ids: this.#ids, aspects: this.#aspects });
    this.#ids = [];
    this.#aspects = [];
  }
}
