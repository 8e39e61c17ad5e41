/** Where the service worker keeps the nets of faces (`src/pwa/lazyFiles.ts`), under this very name. */
const FACE_NETS = 'akin-face-nets';
/** All that it keeps once it was used: each shows what was in the library. */
const LAZY = [FACE_NETS, 'akin-heic-decoder', 'akin-words', 'akin-detailed'];

/**
 * Whether anything is kept that shows what Akin was used for: nets of faces, the HEIC decoder, words,
 * the detailed model.
 */
export async function hasLazyFiles(): Promise<boolean> {
  try {
    return (await Promise.all(LAZY.map((name) => caches.has(name)))).includes(true);
  } catch {
    return false; /* pages that are not secure have no caches */
  }
}

/** Deletes the nets of faces. Never rejects: what can't be deleted here was not kept here. */
export function dropFaceNets(): Promise<void> {
  return drop([FACE_NETS]);
}

/** Deletes all of them; as `dropFaceNets`. */
export function dropLazyFiles(): Promise<void> {
  return drop(LAZY);
}

async function drop(names: readonly string[]): Promise<void> {
  try {
    await Promise.all(names.map((name) => caches.delete(name)));
  } catch {
    // As above.
  }
}
