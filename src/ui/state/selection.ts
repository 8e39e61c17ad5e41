import { useMemo, useState } from 'react';
import type { PhotoId } from '../../protocol/index.ts';
import { ascendingOrder, type PhotoOrder, stillThere } from '../pure/gallery/photo-order.ts';

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
}

/**
 * Manages a selection of photos.
 *
 * @param gallery their ids, ascending unless `listed` gives another order
 */
export function useSelection(gallery: Uint32Array, listed?: PhotoOrder): Selection {
  const order = useMemo(() => listed ?? ascendingOrder(gallery), [listed, gallery]);
  const [marked, setMarked] = useState<ReadonlySet<PhotoId>>(new Set());
  const [started, setStarted] = useState(false);
  const [anchor, setAnchor] = useState<PhotoId | null>(null);
  // Photos may be removed meanwhile, here or in another tab.
  const ids = useMemo(() => stillThere(marked, order), [marked, order]);
  return useMemo(
    () => ({
      ids,
      active: started || ids.size > 0,
      start: () => setStarted(true),
      clear: () => {
        setMarked(new Set());
        setStarted(false);
        setAnchor(null);
      },
      toggle: (id) => {
        const next = new Set(ids);
        if (!next.delete(id)) next.add(id);
        setMarked(next);
        setAnchor(id);
      },
      extendTo: (id, from = id) => {
        const first = anchor !== null && order.indexOf(anchor) >= 0 ? anchor : from;
        setMarked(new Set([...ids, ...order.between(first, id)]));
        setAnchor(first);
      },
      all: () => setMarked(new Set(order.ids)),
    }),
    [ids, started, anchor, order],
  );
}
