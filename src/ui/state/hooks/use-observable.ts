import { useCallback, useSyncExternalStore } from 'react';
import type { Observable } from '../../../engine/index.ts';

/** The value of an observable; re-renders on each change. */
export function useObservable<T>(observable: Observable<T>): T {
  return useSyncExternalStore(
    useCallback((listener: () => void) => observable.subscribe(listener), [observable]),
    () => observable.get(),
  );
}
