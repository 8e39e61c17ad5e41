import type { AkinEvent, Handlers, MapContract } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { photoMap } from './photoMap.ts';
import { type MapIndex, placeNew } from './placeNew.ts';

export interface MapHandlersOptions {
  readonly store: () => Promise<Pick<Store, 'maps'>>;
  /** The index searches use, and its space. */
  readonly index: () => Promise<{ readonly spaceId: string; readonly index: MapIndex }>;
  readonly broadcast: (event: AkinEvent) => void;
}

/** The page's calls about the map. */
export function mapHandlers({
  store,
  index: current,
  broadcast,
}: MapHandlersOptions): Handlers<MapContract> {
  return {
    spaceInUse: async () => (await current()).spaceId,
    async map() {
      const [{ maps }, { spaceId, index }] = await Promise.all([store(), current()]);
      const saved = await maps.get(spaceId);
      if (!saved) return null;
      const { map, missing } = await placeNew(saved, index, yieldToEventLoop);
      // Not over a new layout of another tab.
      if (map !== saved && (await maps.save(spaceId, map, saved.laidOutAt))) {
        broadcast({ type: 'map' });
      }
      const live = new Set(index.liveIds());
      return photoMap(spaceId, map, (id) => live.has(id), missing);
    },
  };
}
