/** Held shared by whoever is about to write of faces, and alone by whoever erases them. */
const WRITES_LOCK = 'akin-face-writes';

/**
 * Runs what asks whether faces are on and then writes of them: no erasing comes between the two, so
 * that what is erased stays so.
 */
export function withFaceWrite<T>(write: () => Promise<T>): Promise<T> {
  return navigator.locks.request(WRITES_LOCK, { mode: 'shared' }, write) as Promise<T>;
}

/** Erases when nothing about faces is being written. */
export function withFaceErase<T>(erase: () => Promise<T>): Promise<T> {
  return navigator.locks.request(WRITES_LOCK, erase) as Promise<T>;
}
