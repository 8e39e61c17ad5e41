import { type Observable, Subject } from '../../engine/index.ts';

const pinned = new Subject(false);

/** Whether face boxes stay visible on photos, from one photo to the next. */
export const facesPinned: Observable<boolean> = pinned;

export function toggleFacesPinned(): void {
  pinned.set(!pinned.get());
}
