import type { Akin } from '../../engine/index.ts';
import type { Deed, DeedDone } from '../../protocol/index.ts';
import type { Tell } from './actions.ts';
import { akinError } from './use-load.ts';

const UNDO_MS = 10_000;

interface Done {
  readonly step: number;
  readonly at: number;
  readonly untell: () => void;
}

/** What a person says of people, with what is told about it and how it is undone. */
export class PeopleActions {
  readonly #akin: Pick<Akin, 'faces'>;
  readonly #tell: Tell;
  /** Latest last. */
  #done: Done[] = [];
  #saying = false;
  #untellUndone: () => void = () => {};

  constructor(akin: Pick<Akin, 'faces'>, tell: Tell) {
    this.#akin = akin;
    this.#tell = tell;
  }

  /** When what `undoLast` would take back was said; 0 where that is nothing. */
  get lastAt(): number {
    return this.#done.at(-1)?.at ?? 0;
  }

  /**
   * Says it, and offers to take it back.
   *
   * @param said what the person reads when it is done: "Named Ana"
   * @returns `null` where it failed, which was told then, or where another is just being said
   */
  async say(deed: Deed, said: string): Promise<DeedDone | null> {
    // A second click on the same button: what it is about may be another thing by now.
    if (this.#saying) return null;
    this.#saying = true;
    const done = await this.#attempt('That could not be kept.', async () => {
      const done = await this.#akin.faces.tell(deed);
      // One offer at a time: the steps before it wait in the log.
      for (const earlier of this.#done) earlier.untell();
      const untell = this.#tell({
        text: said,
        action: { label: 'Undo', run: () => void this.undo(done.step) },
        timeout: UNDO_MS,
      });
      this.#done.push({ step: done.step, at: Date.now(), untell });
      return done;
    });
    this.#saying = false;
    return done;
  }

  /** Takes a step back, any one. */
  async undo(step: number): Promise<DeedDone | null> {
    return this.#attempt('That could not be undone.', async () => {
      const done = await this.#akin.faces.undo(step);
      for (const each of this.#done) if (each.step === step) each.untell();
      this.#done = this.#done.filter((each) => each.step !== step);
      this.#untellUndone();
      this.#untellUndone = this.#tell({
        text: 'Undone',
        action: { label: 'Redo', run: () => void this.redo(step) },
      });
      return done;
    });
  }

  /** Says again what was taken back. */
  async redo(step: number): Promise<DeedDone | null> {
    return this.#attempt('That could not be said again.', async () => {
      // Taking back an undone step takes back its undoing.
      const done = await this.#akin.faces.undo(step);
      this.#untellUndone();
      this.#tell({ text: 'Said again' });
      return done;
    });
  }

  async undoLast(): Promise<void> {
    const last = this.#done.at(-1);
    if (last) await this.undo(last.step);
  }

  /** Takes the offers to undo away: what they were about is gone. */
  forget(): void {
    for (const { untell } of this.#done) untell();
    this.#done = [];
  }

  /** Does something about faces; a failure is told. Whether it was done. */
  async run(failing: string, what: () => Promise<unknown>): Promise<boolean> {
    const done = await this.#attempt(failing, async () => {
      await what();
      return true;
    });
    return done === true;
  }

  async #attempt<T>(failing: string, what: () => Promise<T>): Promise<T | null> {
    try {
      return await what();
    } catch (thrown) {
      const { code, message } = akinError(thrown);
      if (code !== 'aborted') {
        this.#tell({ text: failing, detail: message, timeout: UNDO_MS, urgent: true });
      }
      return null;
    }
  }
}
