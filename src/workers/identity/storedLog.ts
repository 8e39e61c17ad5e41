import { AkinError } from '../../base/errors.ts';
import {
  checkRoom,
  exportLog,
  type KeptLog,
  type Log,
  nextStep,
  readingKeptLog,
  runInSlices,
  type Step,
  type Word,
} from '../../identity/index.ts';
import { type Faces, LAST_STEP } from '../../store/index.ts';
import { breathe } from '../shared/breathe.ts';
import { flipSteps, lastWordOn, missingSteps, stepsThatHold } from './logSteps.ts';

/** Tries at adding a step that another tab is faster with. */
const MAX_TRIES = 5;

export interface StoredLogOptions {
  readonly faces: Pick<Faces, 'log' | 'append'>;
  /** Runs what writes of faces. @throws AkinError `not-found` where all was erased */
  readonly writing: <T>(write: () => Promise<T>) => Promise<T>;
  /** The log is another one now. Whoever changes it waits until this is done. */
  readonly onChange: (log: Log) => Promise<void>;
}

/**
 * What the user has said of people, as the store has it and as all tabs add to it. What is kept there
 * and can't be read stays where it is, and no new step takes its number.
 */
export class StoredLog {
  readonly #options: StoredLogOptions;
  #kept: KeptLog = { log: [], unread: [], taken: 0 };

  constructor(options: StoredLogOptions) {
    this.#options = options;
  }

  get log(): Log {
    return this.#kept.log;
  }

  /** How many steps are kept that can't be read. */
  get unread(): number {
    return this.#kept.unread.length;
  }

  /** Reads it anew: at first, and when another tab has said something. */
  async read(): Promise<void> {
    const rows = await this.#options.faces.log();
    await this.#set(await runInSlices(readingKeptLog(rows, LAST_STEP), breathe));
  }

  /**
   * Says something for good.
   *
   * @param words made from who is whom now; made again where another tab was faster
   * @returns the id of the step
   */
  async say(words: () => readonly Word[], at: number): Promise<number> {
    const [step] = await this.#append((log, taken) => [nextStep(log, words(), at, taken)]);
    return step!.id;
  }

  /**
   * Takes a step back, or back again: what held does not from now on, and the other way round.
   *
   * @returns the id of the last step that does it
   * @throws AkinError `not-found` where the log has no such step
   */
  async undo(step: number, at: number): Promise<number> {
    const held = stepsThatHold(this.log).has(step);
    // A step may have been taken back twice, by two tabs or two devices.
    const added = await this.#append((log, taken) => flipSteps(log, step, held, at, taken));
    return added.at(-1)?.id ?? lastWordOn(this.log, step);
  }

  /** Adds the steps of another log that this one lacks. Returns how many. */
  async add(other: Log): Promise<number> {
    const added = await this.#append((log, taken) =>
      runInSlices(missingSteps(log, other, taken), breathe),
    );
    return added.length;
  }

  /** As a file, with what can't be read as it is. */
  export(): string {
    return exportLog(this.#kept.log, this.#kept.unread);
  }

  /** @throws AkinError `too-many-steps` where there is no room, so that what is written is read again */
  async #append(
    make: (log: Log, taken: number) => readonly Step[] | Promise<readonly Step[]>,
  ): Promise<readonly Step[]> {
    for (let tries = 1; ; tries++) {
      const { log, taken } = this.#kept;
      const steps = await make(log, taken);
      checkRoom(log, steps);
      const last = steps.at(-1);
      if (!last) return steps;
      const { faces, writing } = this.#options;
      const answer = await writing(() => faces.append(steps));
      if (answer.outcome === 'appended') {
        // It may have been read in the meantime, with or without these.
        if (this.#kept.taken !== taken) await this.read();
        else await this.#set({ ...this.#kept, log: [...log, ...steps], taken: last.id });
        return steps;
      }
      if (tries >= MAX_TRIES) throw new AkinError('storage-failed', 'Another tab is in the way.');
      await this.read();
      // A number may be taken by a step that is gone with its photos, and is not given again.
      this.#kept = { ...this.#kept, taken: Math.max(this.#kept.taken, answer.last) };
    }
  }

  async #set(kept: KeptLog): Promise<void> {
    this.#kept = kept;
    await this.#options.onChange(kept.log);
  }
}
