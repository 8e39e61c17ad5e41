import { AkinError } from '../base/errors.ts';
import type { Connection } from './connection.ts';
import { isStepRow } from './faceRows.ts';
import type { StepRow } from './schema.ts';

/** `conflict`: another tab has written steps since; nothing was changed. Read the log again. */
export type AppendAnswer =
  | { readonly outcome: 'appended' }
  /** `last` is the id of the log's last step. */
  | { readonly outcome: 'conflict'; readonly last: number };

const CHUNK = 5_000;

/** What the user has said of people, step by step. The store knows of a step no more than its id. */
export class PeopleLog {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** All steps, ascending ids. Whoever reads them checks them. */
  read(): Promise<readonly StepRow[]> {
    return this.#connection.run(['peopleLog'], 'readonly', async (tx) => {
      const log = tx.objectStore('peopleLog');
      const steps: StepRow[] = [];
      let some = await log.getAll(null, CHUNK);
      while (some.length > 0) {
        for (const step of some) if (isStepRow(step)) steps.push(step);
        const last = some.at(-1);
        if (!last || some.length < CHUNK) break;
        some = await log.getAll(IDBKeyRange.lowerBound(last.id, true), CHUNK);
      }
      return steps;
    });
  }

  /**
   * Adds steps at the end: all of them or none.
   *
   * @throws AkinError `invalid-argument` unless ids are positive integers that rise
   */
  async append(steps: readonly StepRow[]): Promise<AppendAnswer> {
    checkRising(steps);
    return this.#connection.run(['peopleLog'], 'readwrite', async (tx) => {
      const log = tx.objectStore('peopleLog');
      const last = (await log.openKeyCursor(null, 'prev'))?.key ?? 0;
      const first = steps[0];
      if (first && first.id <= last) return { outcome: 'conflict', last };
      await Promise.all(steps.map(async (step) => log.add(step)));
      return { outcome: 'appended' };
    });
  }

  /**
   * Puts another log in the place of this one.
   *
   * @throws AkinError `invalid-argument` as `append`
   */
  async replace(steps: readonly StepRow[]): Promise<void> {
    checkRising(steps);
    await this.#connection.run(['peopleLog'], 'readwrite', async (tx) => {
      const log = tx.objectStore('peopleLog');
      await log.clear();
      await Promise.all(steps.map(async (step) => log.add(step)));
    });
  }
}

function checkRising(steps: readonly StepRow[]): void {
  let last = 0;
  for (const step of steps) {
    if (!isStepRow(step) || step.id <= last) {
      throw new AkinError('invalid-argument', 'The steps of a log are numbered, and rise.');
    }
    last = step.id;
  }
}
