import { Subject } from '../../engine/index.ts';
import type { PhotoId } from '../../protocol/index.ts';
import {
  type GalleryColumns,
  type GallerySort,
  type OrderedGallery,
  orderGallery,
} from '../pure/gallery/gallery-order.ts';
import { locale } from '../text/t.ts';

/** Photos from this id on are those of the import that was asked about last; `null` before one was. */
export const justImported = new Subject<PhotoId | null>(null);

interface Latest {
  readonly ordered: OrderedGallery;
  readonly since: PhotoId | null;
  /** The language of the headings. */
  readonly locale: string;
}

const latest = new Map<GallerySort, Latest>();

/** The gallery in the order in which it is shown, worked out once for each of its states. */
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
