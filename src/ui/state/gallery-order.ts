import { Subject } from '../../engine/index.ts';
import type { PhotoId } from '../../protocol/index.ts';
import {
  type GalleryColumns,
  type GallerySort,
  type OrderedGallery,
  orderGallery,
} from '../pure/gallery/gallery-order.ts';
import { locale } from '../text/t.ts';

/** First id of the import last shown from the import bar; `null` before that. */
export const justImported = new Subject<PhotoId | null>(null);

interface Latest {
  readonly ordered: OrderedGallery;
  readonly since: PhotoId | null;
  /** Language of the headings. */
  readonly locale: string;
}

const latest = new Map<GallerySort, Latest>();

/** The gallery in display order, computed once per gallery state. */
export function galleryOrder(gallery: GalleryColumns, sort: GallerySort): OrderedGallery {
  const since = sort === 'imported' ? justImported.get() : null;
  const last = latest.get(sort);
  if (last?.ordered.gallery === gallery && last.since === since && last.locale === locale) {
    return last.ordered;
  }
  const options = { before: last?.ordered, since: since ?? undefined };
  const ordered = orderGallery(gallery, sort, options);
  latest.set(sort, { ordered, since, locale });
  return ordered;
}
