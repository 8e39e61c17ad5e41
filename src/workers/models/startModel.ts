import { AkinError } from '../../base/errors.ts';
import type { BackendName } from '../../protocol/index.ts';
import { detailedModel, standardModel } from './builtIn.ts';

/** What the detailed model's nets take, for each millisecond of the standard one's. */
const DETAILED_COST = 2.4;
/** A photo may take the nets so long: decoding it takes longer. */
const CHEAP_MS = 25;

/** What is known of a library and this machine when the first photo is about to come in. */
export interface StartFacts {
  readonly backend: BackendName;
  /** One warm pass of the standard model's net; `null` where none was measured. */
  readonly passMs: number | null;
  /** Whether the library has, or had, photos, or its user has chosen a model. */
  readonly isNew: boolean;
}

/** Whether a library starts with the detailed model: a new one, where a GPU makes both nets cheap. */
export function startsDetailed({ backend, passMs, isNew }: StartFacts): boolean {
  if (!isNew || passMs === null || !(passMs > 0)) return false;
  return (backend === 'webgpu' || backend === 'webgl') && passMs * DETAILED_COST < CHEAP_MS;
}

export interface StartOptions {
  readonly isNew: () => Promise<boolean>;
  /** Loads the standard model's nets, which measures them. */
  readonly measure: () => Promise<Omit<StartFacts, 'isNew'>>;
  /** Fetches what the detailed model needs, so that nothing of it is missing later. */
  readonly fetch: () => Promise<void>;
  readonly choose: (id: string) => Promise<void>;
}

/**
 * Chooses the model that a library starts with, before its first photo is read: the id of the model.
 * What can't be fetched or measured leaves the standard one.
 */
export async function chooseStart({
  isNew,
  measure,
  fetch,
  choose,
}: StartOptions): Promise<string> {
  if (!(await isNew())) return standardModel.id;
  try {
    if (!startsDetailed({ ...(await measure()), isNew: true })) return standardModel.id;
    await fetch();
    // A photo that came in meanwhile, or a choice that was made, is not to be moved.
    if (!(await isNew())) return standardModel.id;
    await choose(detailedModel.id);
    return detailedModel.id;
  } catch (thrown) {
    if (thrown instanceof AkinError) return standardModel.id; /* whoever embeds meets it again */
    throw thrown;
  }
}
