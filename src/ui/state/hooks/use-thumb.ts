import { useCallback, useSyncExternalStore } from 'react';
import type { PhotoId, Thumb } from '../../../protocol/index.ts';
import { useUi } from '../ui.ts';

/** The thumbnail of a photo once loaded; requested while mounted. */
export function useThumb(id: PhotoId): Thumb | undefined {
  const { thumbs } = useUi();
  return useSyncExternalStore(
    useCallback((listener: () => void) => thumbs.subscribe(id, listener), [thumbs, id]),
    () => thumbs.get(id),
  );
}
