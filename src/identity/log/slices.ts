/**
 * Interruptible long-running work: it yields at safe points, often enough that waits are
 * imperceptible. The caller decides whether to pause.
 */
export type Sliced<T> = Generator<void, T, void>;

/**
 * Units of work between two pauses, a unit being an assertion or one of its faces: a few
 * milliseconds.
 */
export const SLICE = 4_096;

/** Runs all of it synchronously. */
export function runThrough<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Runs it in slices, each after a pause in which the caller may do other work. */
export async function runInSlices<T>(work: Sliced<T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await pause();
  }
}
