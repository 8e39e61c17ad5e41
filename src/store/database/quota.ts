/** What the browser says of this origin's storage. */
export interface StorageUse {
  /** Bytes used and granted, roughly; 0 where the browser does not say. */
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** Whether the browser promised not to evict the library. Asking for it is the page's to do. */
  readonly persisted: boolean;
}

type Manager = Pick<StorageManager, 'estimate' | 'persisted'>;

/** Never rejects: a browser that does not answer is one that does not say. */
export async function storageUse(
  manager: Manager | undefined = globalThis.navigator?.storage,
): Promise<StorageUse> {
  const [estimate, persisted] = await Promise.all([
    ask(() => manager?.estimate(), {}),
    ask(() => manager?.persisted(), false),
  ]);
  return {
    usedBytes: estimate.usage ?? 0,
    quotaBytes: estimate.quota ?? 0,
    persisted,
  };
}

async function ask<T>(question: () => Promise<T> | undefined, otherwise: T): Promise<T> {
  try {
    return (await question()) ?? otherwise;
  } catch {
    return otherwise;
  }
}
