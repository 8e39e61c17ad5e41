import { useCallback, useSyncExternalStore } from 'react';
import type { FaceKey } from '../../../protocol/index.ts';
import { useUi } from '../ui.ts';

/** The address of a face, cut out and levelled, once it is there; wanted while it is shown. */
export function useChip(face: FaceKey): string | undefined {
  const { chips } = useUi();
  return useSyncExternalStore(
    useCallback((listener: () => void) => chips.subscribe(face, listener), [chips, face]),
    () => chips.get(face)?.src,
  );
}
