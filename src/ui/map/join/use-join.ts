import { useMemo, useRef, useState } from 'react';
import type { MapPreview, PhotoId, PhotoMap } from '../../../protocol/index.ts';
import { indexOfId } from '../../pure/gallery/ids.ts';
import { attempt } from '../../state/actions/attempt.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';

type Pair = readonly [PhotoId, PhotoId];

/** Photos that the user dragged together, and what that would move. */
export interface Join {
  /** The map, with photos where they would lie. */
  readonly map: PhotoMap | null;
  readonly pairs: readonly Pair[];
  /** Photos that would lie elsewhere, besides the pairs; `null` while that is found out. */
  readonly moved: number | null;
  add(a: PhotoId, b: PhotoId): void;
  /** Takes the last pair back. */
  undo(): void;
  clear(): void;
}

/** Share of the map's width from which a photo counts as moved. */
const MOVED = 0.08;

export function useJoin(map: PhotoMap | null): Join {
  const { akin, showToast } = useUi();
  const [pairs, setPairs] = useState<readonly Pair[]>([]);
  /** With the layout that it is of. */
  const [preview, setPreview] = useState<(MapPreview & { readonly laidOutAt: number }) | null>(
    null,
  );
  const running = useRef<AbortController | null>(null);

  const show = async (next: readonly Pair[]) => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setPairs(next);
    if (next.length === 0 || !map) {
      setPreview(null);
      return;
    }
    const found = await attempt(showToast, t('map.joinFailed'), () =>
      akin.map.preview(next, { signal: controller.signal }),
    );
    if (controller.signal.aborted) return;
    if (found) setPreview({ ...found, laidOutAt: map.laidOutAt });
    else setPairs(pairs);
  };

  const shown = useMemo(
    () => (map && preview?.laidOutAt === map.laidOutAt ? moved(map, preview) : map),
    [map, preview],
  );
  const count = useMemo(
    () => (preview && map && shown ? countMoved(map, shown, pairs) : null),
    [preview, map, shown, pairs],
  );
  return {
    map: shown,
    pairs,
    moved: count,
    add: (a, b) => void show([...pairs, [a, b]]),
    undo: () => void show(pairs.slice(0, -1)),
    clear: () => void show([]),
  };
}

function moved(map: PhotoMap, { ids, positions }: MapPreview): PhotoMap {
  const places = map.positions.slice();
  ids.forEach((id, i) => {
    const index = indexOfId(map.ids, id);
    if (index >= 0) places.set(positions.subarray(2 * i, 2 * i + 2), 2 * index);
  });
  return { ...map, positions: places };
}

function countMoved(from: PhotoMap, to: PhotoMap, pairs: readonly Pair[]): number {
  const paired = new Set(pairs.flat());
  let count = 0;
  from.ids.forEach((id, i) => {
    const dx = from.positions[2 * i]! - to.positions[2 * i]!;
    const dy = from.positions[2 * i + 1]! - to.positions[2 * i + 1]!;
    if (Math.hypot(dx, dy) > MOVED && !paired.has(id)) count++;
  });
  return count;
}
