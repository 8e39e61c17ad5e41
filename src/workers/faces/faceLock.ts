/** Shared while writing face data, exclusive while erasing it. */
const WRITES_LOCK = 'akin-face-writes';

/**
 * Runs a check that faces are on together with the write that depends on it. No erase can come in
 * between, so erased data stays erased.
 */
export function withFaceWrite<T>(write: () => Promise<T>): Promise<T> {
  return navigator.locks.request(WRITES_LOCK, { mode: 'shared' }, write) as Promise<T>;
}

/** Runs an erase while nothing is writing face data. */
export function withFaceErase<T>(erase: () => Promise<T>): Promise<T> {
  return navigator.locks.request(WRITES_LOCK, erase) as Promise<T>;
}
