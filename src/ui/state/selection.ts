import { useMemo, useState } from 'react';
import type { PhotoId } from '../../protocol/index.ts';
import { ascendingOrder, type PhotoOrder, stillThere } from '../pure/gallery/photo-order.ts';

/** The photos marked to do something with all of them. */
export interface Selection {
  readonly ids: ReadonlySet<PhotoId>;
  /** Whether a click marks instead of opens: some are marked, or the person asked for it. */
  readonly active: boolean;
  start(): void;
  clear(): void;
  toggle(id: PhotoId): void;
  /** Marks all between the last one marked, `from` where there is none, and this. */
  extendTo(id: PhotoId, from?: PhotoId): void;
  all(): void;
}

/**
 * A selection among photos.
 *
 * @param gallery their ids, ascending but where `listed` says their order
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
