import { useMemo, useState } from 'react';
import type { PhotoId } from '../../protocol/index.ts';
import { idsBetween, indexOfId, stillThere } from '../pure/ids.ts';

/** The photos marked to do something with all of them. */
export interface Selection {
  readonly ids: ReadonlySet<PhotoId>;
  /** Whether a click marks instead of opens: some are marked, or the person asked for it. */
  readonly active: boolean;
  start(): void;
  clear(): void;
  toggle(id: PhotoId): void;
  /** Marks all between the last one marked and this. */
  extendTo(id: PhotoId): void;
  all(): void;
}

/** A selection among `gallery`, ascending ids. */
export function useSelection(gallery: Uint32Array): Selection {
  const [marked, setMarked] = useState<ReadonlySet<PhotoId>>(new Set());
  const [started, setStarted] = useState(false);
  const [anchor, setAnchor] = useState<PhotoId | null>(null);
  // Photos may be removed meanwhile, here or in another tab.
  const ids = useMemo(() => stillThere(marked, gallery), [marked, gallery]);
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
      extendTo: (id) => {
        const from = anchor !== null && indexOfId(gallery, anchor) >= 0 ? anchor : id;
        setMarked(new Set([...ids, ...idsBetween(gallery, from, id)]));
        setAnchor(from);
      },
      all: () => setMarked(new Set(gallery)),
    }),
    [ids, started, anchor, gallery],
  );
}
