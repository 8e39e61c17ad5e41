/** Held by the one tab that is writing an index. */
const SEAL_LOCK = 'akin-seal';

/** Runs work in one tab at a time. */
export function withIndexLock<T>(work: () => Promise<T>): Promise<T> {
  return navigator.locks.request(SEAL_LOCK, work) as Promise<T>;
}
