import type { FaceKey, FaceList, PhotoId } from '../../protocol/index.ts';
import type { FaceRow } from '../database/schema.ts';

/** Gathers faces (ascending numbers) in columns, so that their rows need not be held together. */
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
