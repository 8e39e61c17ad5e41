import { useCallback, useSyncExternalStore } from 'react';
import type { FaceKey } from '../../../../protocol/index.ts';
import { useUi } from '../../ui.ts';

/** URL of an aligned face crop once loaded; requested while mounted. */
export function useChip(face: FaceKey): string | undefined {
  const { chips } = useUi();
  return useSyncExternalStore(
    useCallback((listener: () => void) => chips.subscribe(face, listener), [chips, face]),
    () => chips.get(face)?.src,
  );
}
