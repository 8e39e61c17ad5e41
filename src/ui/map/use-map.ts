import { useCallback, useEffect, useRef } from 'react';
import type { PhotoMap } from '../../protocol/index.ts';
import { sameIds } from '../pure/gallery/ids.ts';
import { type Loaded, useLoad } from '../state/hooks/use-load.ts';
import { useObservable } from '../state/hooks/use-observable.ts';
import { useUi } from '../state/ui.ts';

/** An import changes the map all the time; it is read no more often than this, in milliseconds. */
const PAUSE_MS = 3000;

/** The map, kept up to date; the same object as long as it is the same map. */
export function useMap(): Loaded<PhotoMap | null> {
  const { akin } = useUi();
  const version = useObservable(akin.map.version);
  const last = useRef<PhotoMap | null>(null);
  const { reload, ...loaded } = useLoad(
    useCallback(
      async (signal: AbortSignal) => {
        const map = await akin.map.get({ signal });
        if (!map || !last.current || !isSame(map, last.current)) last.current = map;
        return last.current;
      },
      [akin],
    ),
  );
  const seen = useRef(version);
  const readAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (seen.current === version) return;
    const pause = last.current === null ? 0 : PAUSE_MS;
    const wait = Math.max(0, readAt.current + pause - performance.now());
    const timer = setTimeout(() => {
      seen.current = version;
      readAt.current = performance.now();
      reload();
    }, wait);
    return () => clearTimeout(timer);
  }, [version, reload]);
  return loaded;
}

function isSame(a: PhotoMap, b: PhotoMap): boolean {
  return (
    a.spaceId === b.spaceId &&
    a.laidOutAt === b.laidOutAt &&
    a.placed === b.placed &&
    sameIds(a.ids, b.ids)
  );
}
