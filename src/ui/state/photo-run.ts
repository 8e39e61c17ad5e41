import type { PhotoId } from '../../protocol/index.ts';
import { neighbourOf } from '../pure/photo-run.ts';

let run: Uint32Array = new Uint32Array(0);

/** A photo is being opened from this list: one steps through it in its order. */
export function startRun(ids: Uint32Array): void {
  run = ids;
}

/** A photo is being opened from the gallery, in whose order one steps where there is no list. */
export function endRun(): void {
  run = new Uint32Array(0);
}

/** The photo before or after one, as it was come to. */
export function photoBeside(id: PhotoId, by: 1 | -1, gallery: Uint32Array): PhotoId | undefined {
  return neighbourOf(id, by, run, gallery);
}
