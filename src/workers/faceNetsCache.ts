/** Where the service worker keeps the nets of faces (`src/pwa/sw.ts`), under this very name. */
const FACE_NETS = 'akin-face-nets';

/** Whether the nets of faces are kept, which shows that faces were used. */
export async function hasFaceNets(): Promise<boolean> {
  try {
    return await caches.has(FACE_NETS);
  } catch {
    return false; /* pages that are not secure have no caches */
  }
}

/** Deletes them. Never rejects: what can't be deleted here was not kept here. */
export async function dropFaceNets(): Promise<void> {
  try {
    await caches.delete(FACE_NETS);
  } catch {
    // As above.
  }
}
