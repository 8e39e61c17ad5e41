import { AkinError } from '../base/errors.ts';
import type { Connection } from './connection.ts';
import { isStepRow, LAST_STEP } from './faceRows.ts';
import type { StepRow } from './schema.ts';

/** `conflict`: another tab has written steps since; nothing was changed. Read the log again. */
export type AppendAnswer =
  | { readonly outcome: 'appended' }
  /** `last` is the id of the log's last step. */
  | { readonly outcome: 'conflict'; readonly last: number };

const CHUNK = 5_000;

/**
 * What the user has said of people, step by step. The store knows of a step no more than its id, and
 * leaves alone what it does not know.
 */
export class PeopleLog {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** All that is kept, steps or not, ascending keys. Whoever reads it checks it. */
  read(): Promise<readonly unknown[]> {
    return this.#connection.run(['peopleLog'], 'readonly', async (tx) => {
      const log = tx.objectStore('peopleLog');
      const rows: unknown[] = [];
      let some = await log.getAll(null, CHUNK);
      while (some.length > 0) {
        for (const row of some) rows.push(row);
        // Whatever else a row is, it has its key.
        const last = some.at(-1);
        if (!last || some.length < CHUNK) break;
        some = await log.getAll(IDBKeyRange.lowerBound(last.id, true), CHUNK);
      }
      return rows;
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
      // What has a number beyond all steps must not be in the way of those to come.
      const numbers = IDBKeyRange.bound(0, LAST_STEP);
      const last = (await log.openKeyCursor(numbers, 'prev'))?.key ?? 0;
      const first = steps[0];
      if (first && first.id <= last) return { outcome: 'conflict', last };
      await Promise.all(steps.map(async (step) => log.add(step)));
      return { outcome: 'appended' };
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
