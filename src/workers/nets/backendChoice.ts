import type { BackendName } from '../../protocol/index.ts';
import type { Meta } from '../../store/index.ts';
import { backendNames } from '../../vision/types.ts';

const KEY = 'backend';
const isBackend = (value: unknown): value is BackendName =>
  (backendNames as readonly unknown[]).includes(value);

/** The user's choice of backend; `auto` if there is none or it can't be read. */
export async function backendChoice(meta: Pick<Meta, 'get'>): Promise<BackendName | 'auto'> {
  const saved = await meta.get(KEY);
  return isBackend(saved) ? saved : 'auto';
}

export async function keepBackendChoice(
  meta: Pick<Meta, 'set'>,
  choice: BackendName | 'auto',
): Promise<void> {
  await meta.set(KEY, choice);
}
