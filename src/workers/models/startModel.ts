import { AkinError } from '../../base/errors.ts';
import type { BackendName } from '../../protocol/index.ts';
import { detailedModel, standardModel } from './builtIn.ts';

/** Inference time of the detailed model relative to the standard one. */
const DETAILED_COST = 2.4;
/** Inference time per photo, in milliseconds, that still goes unnoticed: decoding takes longer. */
const CHEAP_MS = 25;

/** Facts about the library and the device before the first photo is imported. */
export interface StartFacts {
  readonly backend: BackendName;
  /** One warm forward pass of the standard model; `null` if it was not measured. */
  readonly passMs: number | null;
  /** False if the library has, or had, photos, or its user has chosen a model. */
  readonly isNew: boolean;
}

/**
 * Whether to start with the detailed model: for a new library, if a GPU makes both models cheap.
 */
export function startsDetailed({ backend, passMs, isNew }: StartFacts): boolean {
  if (!isNew || passMs === null || !(passMs > 0)) return false;
  return (backend === 'webgpu' || backend === 'webgl') && passMs * DETAILED_COST < CHEAP_MS;
}

export interface StartOptions {
  readonly isNew: () => Promise<boolean>;
  /** Loads the standard model's nets, which measures them. */
  readonly measure: () => Promise<Omit<StartFacts, 'isNew'>>;
  /** Downloads the detailed model's files, so none is missing later. */
  readonly fetch: () => Promise<void>;
  readonly choose: (id: string) => Promise<void>;
}

/**
 * Chooses the model a library starts with, before its first photo is processed, and returns its id.
 * If the download or the measurement fails, keeps the standard model.
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
    // Don't move a photo imported meanwhile or override a choice made meanwhile.
    if (!(await isNew())) return standardModel.id;
    await choose(detailedModel.id);
    return detailedModel.id;
  } catch (thrown) {
    if (thrown instanceof AkinError) return standardModel.id; /* inference will hit it again */
    throw thrown;
  }
}
