import type {
  ModelChoices,
  ModelFacts,
  TrialFile,
  TrialProgress,
  TrialReport,
} from '../../protocol/index.ts';
import type { CallOptions } from '../callOptions.ts';
import type { Observable } from '../observable.ts';

export interface TryOptions extends CallOptions {
  /** Maximum number of sample photos; 200 by default. */
  readonly photos?: number;
}

/**
 * Tries one model in a dedicated worker, so nothing it does can harm the library. Methods reject
 * with an `AkinError`; `TrialContract` lists the codes. One call at a time.
 */
export interface Trial {
  /** Current progress; `null` when idle. */
  readonly progress: Observable<TrialProgress | null>;
  /** Reads a model and runs it once. Replaces the previously read model. */
  read(files: readonly TrialFile[], options?: CallOptions): Promise<ModelFacts>;
  /** Runs the model on a sample of the user's photos. */
  try(choices: ModelChoices, options?: TryOptions): Promise<TrialReport>;
  /** Stores the model as last tried; it isn't used until it is chosen. */
  keep(title: string): Promise<{ readonly id: string }>;
  /** Terminates the worker; pending calls reject. Make no calls after this. */
  close(): void;
}
