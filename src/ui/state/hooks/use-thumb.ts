import { useCallback, useSyncExternalStore } from 'react';
import type { PhotoId, Thumb } from '../../../protocol/index.ts';
import { useUi } from '../ui.ts';

/** The thumbnail of a photo once it is there. It is wanted for as long as the component is shown. */
export function useThumb(id: PhotoId): Thumb | undefined {
  const { thumbs } = useUi();
  return useSyncExternalStore(
    useCallback((listener: () => void) => thumbs.subscribe(id, listener), [thumbs, id]),
    () => thumbs.get(id),
  );
}
