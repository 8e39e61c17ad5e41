/** Prefix of the lock's name; the rest is that of the database. */
const LOCK = 'akin-replace ';

/**
 * Runs `work`, which deletes the database and creates it anew, while no one else opens it. The order
 * of requests alone doesn't ensure that: Chromium sometimes serves one that another worker made
 * later, which then finds a database without an identity and takes the library for lost.
 */
export function whileReplacing<T>(database: string, work: () => Promise<T>): Promise<T> {
  return withLock(database, 'exclusive', work);
}

/** Runs `open`, which may create the database, while no one replaces it. */
export function unlessReplacing<T>(database: string, open: () => Promise<T>): Promise<T> {
  return withLock(database, 'shared', open);
}

async function withLock<T>(database: string, mode: LockMode, work: () => Promise<T>): Promise<T> {
  // Node has no locks before version 24; its tests open databases in one thread.
  const locks = globalThis.navigator?.locks as LockManager | undefined;
  return locks ? ((await locks.request(LOCK + database, { mode }, work)) as T) : work();
}
