/** Name of the service worker's cache of face models; must match `src/pwa/lazyFiles.ts`. */
const FACE_NETS = 'akin-face-nets';
/** All caches filled on first use; each reveals something about the library's contents. */
const LAZY = [FACE_NETS, 'akin-heic-decoder', 'akin-words', 'akin-detailed'];

/**
 * Whether any cached files reveal how Akin was used: face models, the HEIC decoder, words, the
 * detailed model.
 */
export async function hasLazyFiles(): Promise<boolean> {
  try {
    return (await Promise.all(LAZY.map((name) => caches.has(name)))).includes(true);
  } catch {
    return false; /* insecure pages have no caches */
  }
}

/**
 * Deletes the cached face models. Never rejects: what can't be deleted here was not cached here.
 */
export function dropFaceNets(): Promise<void> {
  return drop([FACE_NETS]);
}

/** Deletes all of them, like `dropFaceNets`. */
export function dropLazyFiles(): Promise<void> {
  return drop(LAZY);
}

async function drop(names: readonly string[]): Promise<void> {
  try {
    await Promise.all(names.map((name) => caches.delete(name)));
  } catch {
    // See above.
  }
}
