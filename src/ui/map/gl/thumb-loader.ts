import type { PhotoId } from '../../../protocol/index.ts';
import type { ThumbCache } from '../../state/thumbs.ts';

/** Decodes the thumbnails that are wanted, and drops those that no longer are. */
export class ThumbLoader {
  readonly #thumbs: ThumbCache;
  readonly #onPicture: (id: PhotoId, picture: HTMLImageElement) => void;
  /** What stops each load under way. */
  readonly #loads = new Map<PhotoId, () => void>();
  readonly #damaged = new Set<PhotoId>();

  constructor(thumbs: ThumbCache, onPicture: (id: PhotoId, picture: HTMLImageElement) => void) {
    this.#thumbs = thumbs;
    this.#onPicture = onPicture;
  }

  /** Loads these, and no others. */
  want(ids: ReadonlySet<PhotoId>): void {
    for (const [id, stop] of this.#loads) {
      if (ids.has(id)) continue;
      stop();
      this.#loads.delete(id);
    }
    for (const id of ids) {
      if (!this.#loads.has(id) && !this.#damaged.has(id)) this.#load(id);
    }
  }

  #load(id: PhotoId): void {
    let stopped = false;
    let decoding = false;
    const decode = () => {
      const thumb = this.#thumbs.get(id);
      if (!thumb || decoding) return;
      decoding = true;
      const picture = new Image();
      picture.src = thumb.src;
      picture.decode().then(
        () => {
          if (stopped) return;
          stop();
          this.#loads.delete(id);
          this.#onPicture(id, picture);
        },
        () => {
          stop();
          this.#loads.delete(id);
          this.#damaged.add(id);
        },
      );
    };
    const unsubscribe = this.#thumbs.subscribe(id, decode);
    const stop = () => {
      stopped = true;
      unsubscribe();
    };
    this.#loads.set(id, stop);
    decode();
  }
}
