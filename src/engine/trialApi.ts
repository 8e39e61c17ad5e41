import type {
  ModelChoices,
  ModelFacts,
  TrialFile,
  TrialProgress,
  TrialReport,
} from '../protocol/index.ts';
import type { CallOptions } from './callOptions.ts';
import type { Observable } from './observable.ts';

export interface TryOptions extends CallOptions {
  /** Photos of the sample at most; 200 without it. */
  readonly photos?: number;
}

/**
 * One model on trial, in a worker of its own: whatever it does there, the library is safe. Methods
 * reject with an `AkinError`; its codes are listed at `TrialContract`. One call at a time.
 */
export interface Trial {
  /** What is being done; `null` while nothing is. */
  readonly progress: Observable<TrialProgress | null>;
  /** Reads a model and runs it once. Replaces the model that was read before. */
  read(files: readonly TrialFile[], options?: CallOptions): Promise<ModelFacts>;
  /** Tries the model that was read on a sample of the user's photos. */
  try(choices: ModelChoices, options?: TryOptions): Promise<TrialReport>;
  /** Stores the model as it was last tried; photos are seen with it only once it is chosen. */
  keep(title: string): Promise<{ readonly id: string }>;
  /** Ends the worker and what it does; pending calls reject. No other call may follow. */
  close(): void;
}
