/** Asks the browser not to evict the library, once it holds something worth keeping. */
export async function askToPersist(): Promise<void> {
  const { storage } = navigator;
  if (storage && !(await storage.persisted())) await storage.persist();
}
