import { useEffect, useMemo, useState } from 'react';

/** Items marked for a bulk action. */
export interface Marks<T> {
  /** In the order of `all`. */
  readonly chosen: readonly T[];
  has(one: T): boolean;
  toggle(one: T): void;
  clear(): void;
  mark(some: readonly T[]): void;
}

/** Manages marks among `all` (memoize it); drops marks of removed items. */
export function useMarks<T>(all: readonly T[]): Marks<T> {
  const [marked, setMarked] = useState<ReadonlySet<T>>(new Set());
  return useMemo(() => {
    const chosen = all.filter((one) => marked.has(one));
    const now = new Set(chosen);
    return {
      chosen,
      has: (one) => now.has(one),
      toggle: (one) => {
        const next = new Set(now);
        if (!next.delete(one)) next.add(one);
        setMarked(next);
      },
      clear: () => setMarked(new Set()),
      mark: (some) => setMarked(new Set(some)),
    };
  }, [all, marked]);
}

/** Passes a function that clears the marks to the Escape handler, while there are any. */
export function useMarked(
  any: boolean,
  clear: () => void,
  onMarked: (clear: (() => void) | null) => void,
): void {
  useEffect(() => {
    if (!any) return;
    onMarked(clear);
    return () => onMarked(null);
  }, [any, clear, onMarked]);
}
