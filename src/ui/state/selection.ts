import { useMemo, useState } from 'react';
import { Subject } from '../../engine/index.ts';
import type { PhotoId } from '../../protocol/index.ts';
import { ascendingOrder, type PhotoOrder, stillThere } from '../pure/gallery/photo-order.ts';
import { useObservable } from './hooks/use-observable.ts';

/** Photos selected for bulk actions. */
export interface Selection {
  readonly ids: ReadonlySet<PhotoId>;
  /** Whether clicks select instead of open: some are selected, or the user turned it on. */
  readonly active: boolean;
  start(): void;
  clear(): void;
  toggle(id: PhotoId): void;
  /** Selects the range from the last selected photo, or else from `from`, to this one. */
  extendTo(id: PhotoId, from?: PhotoId): void;
  all(): void;
  /** Selects these and no others. */
  replace(ids: Iterable<PhotoId>): void;
}

/** What is selected, and the photo that a range begins at. */
interface Marked {
  readonly ids: ReadonlySet<PhotoId>;
  readonly anchor: PhotoId | null;
}

const NOTHING: Marked = { ids: new Set(), anchor: null };

/** The selection that the gallery and the map share. */
export const librarySelection = new Subject<Marked>(NOTHING);

/**
 * Manages a selection of photos.
 *
 * @param gallery their ids, ascending unless `listed` gives another order
 * @param shared keeps the selection beyond this screen; without it, it ends with the screen
 */
export function useSelection(
  gallery: Uint32Array,
  listed?: PhotoOrder,
  shared?: Subject<Marked>,
): Selection {
  const order = useMemo(() => listed ?? ascendingOrder(gallery), [listed, gallery]);
  const [own] = useState(() => new Subject<Marked>(NOTHING));
  const store = shared ?? own;
  const marked = useObservable(store);
  const [started, setStarted] = useState(false);
  // Photos may be removed meanwhile, here or in another tab.
  const ids = useMemo(() => stillThere(marked.ids, order), [marked, order]);
  const { anchor } = marked;
  return useMemo(
    () => ({
      ids,
      active: started || ids.size > 0,
      start: () => setStarted(true),
      clear: () => {
        store.set(NOTHING);
        setStarted(false);
      },
      toggle: (id) => {
        const next = new Set(ids);
        if (!next.delete(id)) next.add(id);
        store.set({ ids: next, anchor: id });
      },
      extendTo: (id, from = id) => {
        const first = anchor !== null && order.indexOf(anchor) >= 0 ? anchor : from;
        store.set({ ids: new Set([...ids, ...order.between(first, id)]), anchor: first });
      },
      all: () => store.set({ ids: new Set(order.ids), anchor }),
      replace: (some) => store.set({ ids: new Set(some), anchor: null }),
    }),
    [ids, started, anchor, order, store],
  );
}
