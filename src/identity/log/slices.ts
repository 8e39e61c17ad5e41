/**
 * Long work that can be interrupted: it yields wherever others may come in between, after so much
 * work that a wait is not felt. It is for whoever runs it to say whether they do.
 */
export type Sliced<T> = Generator<void, T, void>;

/** Units of work between two pauses, a unit being an assertion or a face that it names: some milliseconds. */
export const SLICE = 4_096;

/** Does all of it at once. */
export function runThrough<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** Does it in slices, each after a pause in which the caller may look after others. */
export async function runInSlices<T>(work: Sliced<T>, pause: () => Promise<void>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await pause();
  }
}
