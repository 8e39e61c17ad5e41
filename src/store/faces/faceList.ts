import type { FaceKey, FaceList, PhotoId } from '../../protocol/index.ts';
import type { FaceRow } from '../database/schema.ts';

/** Collects faces (ascending keys) in columns, so their rows need not be in memory at once. */
export class FaceListBuilder {
  readonly #ids: FaceKey[] = [];
  readonly #photoIds: PhotoId[] = [];
  readonly #faceIds: string[] = [];
  readonly #good: number[] = [];
  readonly #sizePx: number[] = [];

  add(row: FaceRow): void {
    this.#ids.push(row.id);
    this.#photoIds.push(row.photoId);
    this.#faceIds.push(row.faceId);
    this.#good.push(row.quality === 'good' ? 1 : 0);
    this.#sizePx.push(row.sizePx);
  }

  build(): FaceList {
    return {
      ids: Uint32Array.from(this.#ids),
      photoIds: Uint32Array.from(this.#photoIds),
      faceIds: this.#faceIds,
      good: Uint8Array.from(this.#good),
      sizePx: Float32Array.from(this.#sizePx),
    };
  }
}
