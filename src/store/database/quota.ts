/** Storage of this origin, as reported by the browser. */
export interface StorageUse {
  /** Approximate bytes used and granted; 0 if the browser doesn't report them. */
  readonly usedBytes: number;
  readonly quotaBytes: number;
  /** Whether the browser promised not to evict the library. The page requests that. */
  readonly persisted: boolean;
}

type Manager = Pick<StorageManager, 'estimate' | 'persisted'>;

/** Never rejects: a browser that fails to answer counts as one that reports nothing. */
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
