import type { PhotoId, RegionBox, SearchHit } from '../../protocol/index.ts';
import type { GalleryColumns } from '../pure/gallery/gallery-order.ts';
import { neighbourOf } from '../pure/gallery/photo-run.ts';
import { galleryOrder } from './gallery-order.ts';
import { depth } from './navigation.ts';

/** The query whose results a photo was opened from. */
export interface RunQuery {
  readonly key: string;
  /** The term whose area the photo was opened to edit. */
  readonly editing?: number;
}

interface Run {
  readonly ids: Uint32Array;
  readonly query: RunQuery | null;
  /** The photo they are similar to, if they are its similar photos. */
  readonly similarTo: PhotoId | null;
  /** The parts of photos that matched. */
  readonly matches: ReadonlyMap<PhotoId, RegionBox>;
}

/**
 * The list that each history entry's photo was opened from, by depth, so that Back from a similar
 * photo continues in the previous list.
 */
const runs = new Map<number, Run>();

/** Sets the list for the photo about to be opened; the viewer steps through it in order. */
export function startRun(
  ids: Uint32Array,
  query: RunQuery | null = null,
  hits: readonly SearchHit[] = [],
  similarTo: PhotoId | null = null,
): void {
  const matches = new Map(hits.flatMap(({ id, box }) => (box ? [[id, box]] : [])));
  runs.set(depth() + 1, { ids, query, matches, similarTo });
}

/** The part of a photo for which it is in the list it was opened from; `null` for the whole. */
export function matchInRun(id: PhotoId): RegionBox | null {
  return runs.get(depth())?.matches.get(id) ?? null;
}

/** The photo that the one of this history entry was opened from, as similar to it. */
export function similarToInRun(): PhotoId | null {
  return runs.get(depth())?.similarTo ?? null;
}

/** The query that the photo of this history entry was opened from, if any. */
export function queryOfRun(): RunQuery | null {
  return runs.get(depth())?.query ?? null;
}

/**
 * The previous or next photo in the list it was opened from; in the gallery, the newer or older
 * one.
 */
export function photoBeside(id: PhotoId, by: 1 | -1, gallery: GalleryColumns): PhotoId | undefined {
  const { order } = galleryOrder(gallery, 'taken');
  return neighbourOf(id, by, runs.get(depth())?.ids ?? new Uint32Array(0), gallery.ids, order);
}
