import { AkinError } from '../../base/errors.ts';

/** How the caller of a long training follows it, lets others work in between, and ends it. */
export interface TrainControl {
  /** Told what is being done and how much of it is, from 0 to 1. */
  progress?(stage: string, share: number): void;
  /** Awaited between steps of about 20 ms of work, so that a worker can answer its messages. */
  pause?(): Promise<void>;
  /** Asked between steps. True ends the training with `aborted`. */
  aborted?(): boolean;
}

/**
 * Stands between two steps of a training. The kernels' memory may grow while it waits: no view of
 * a block may be kept across it.
 *
 * @throws `aborted`
 */
export async function checkpoint(
  control: TrainControl | undefined,
  stage: string,
  share: number,
): Promise<void> {
  if (!control) return;
  throwIfAborted(control);
  control.progress?.(stage, share);
  if (control.pause) {
    await control.pause();
    throwIfAborted(control);
  }
}

/** The control of a part that is `share` of the whole, from `start` on: its progress is fitted in. */
export function partOf(
  control: TrainControl | undefined,
  start: number,
  share: number,
): TrainControl | undefined {
  if (!control?.progress) return control;
  return {
    progress: (stage, done) => control.progress?.(stage, start + share * done),
    ...(control.pause && { pause: () => control.pause!() }),
    ...(control.aborted && { aborted: () => control.aborted!() }),
  };
}

function throwIfAborted(control: TrainControl): void {
  if (control.aborted?.()) throw new AkinError('aborted', 'the training was ended');
}
