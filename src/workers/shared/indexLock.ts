/** Held while an index is written: of several tabs one does it. */
const SEAL_LOCK = 'akin-seal';

/** Runs work that of several tabs one does at a time, in turn. */
export function withIndexLock<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(SEAL_LOCK, work) as Promise<T>;
}
