import type { Akin } from '../../../engine/index.ts';
import type { AppliedCommand, PeopleCommand } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { attempt, UNDO_MS } from './attempt.ts';
import type { ShowToast } from './toast.ts';

interface Done {
  readonly entry: number;
  readonly at: number;
  readonly closeToast: () => void;
}

/** User actions on people, with their toasts and undo. */
export class PeopleActions {
  readonly #akin: Pick<Akin, 'faces'>;
  readonly #showToast: ShowToast;
  /** Latest last. */
  #done: Done[] = [];
  #applying = false;
  #closeUndone: () => void = () => {};

  constructor(akin: Pick<Akin, 'faces'>, showToast: ShowToast) {
    this.#akin = akin;
    this.#showToast = showToast;
  }

  /** Time of the change that `undoLast` would undo; 0 if there is none. */
  get lastAt(): number {
    return this.#done.at(-1)?.at ?? 0;
  }

  /**
   * Applies a change and offers to undo it.
   *
   * @param toast text when done: "Named Ana"
   * @returns `null` if it failed, which is shown, or if another change is running
   */
  async apply(command: PeopleCommand, toast: string): Promise<AppliedCommand | null> {
    // Ignore a double click: its target may mean something else by now.
    if (this.#applying) return null;
    this.#applying = true;
    const done = await this.#attempt(t('people.saveFailed'), async () => {
      const done = await this.#akin.faces.apply(command);
      // One undo toast at a time; earlier changes can be undone in the history.
      for (const earlier of this.#done) earlier.closeToast();
      const closeToast = this.#showToast({
        text: toast,
        action: { label: t('common.undo'), run: () => void this.undo(done.entry) },
        timeout: UNDO_MS,
      });
      this.#done.push({ entry: done.entry, at: Date.now(), closeToast });
      return done;
    });
    this.#applying = false;
    return done;
  }

  /** Undoes any log entry. */
  async undo(entry: number): Promise<AppliedCommand | null> {
    return this.#attempt(t('people.undoFailed'), async () => {
      const done = await this.#akin.faces.undo(entry);
      for (const each of this.#done) if (each.entry === entry) each.closeToast();
      this.#done = this.#done.filter((each) => each.entry !== entry);
      this.#closeUndone();
      this.#closeUndone = this.#showToast({
        text: t('people.undone'),
        action: { label: t('common.redo'), run: () => void this.redo(entry) },
      });
      return done;
    });
  }

  /** Redoes an undone log entry. */
  async redo(entry: number): Promise<AppliedCommand | null> {
    return this.#attempt(t('people.redoFailed'), async () => {
      // Reverting a revert restores the original entry.
      const done = await this.#akin.faces.undo(entry);
      this.#closeUndone();
      this.#showToast({ text: t('people.redone') });
      return done;
    });
  }

  async undoLast(): Promise<void> {
    const last = this.#done.at(-1);
    if (last) await this.undo(last.entry);
  }

  /** Closes the undo toasts when their subjects are gone. */
  forget(): void {
    for (const { closeToast } of this.#done) closeToast();
    this.#done = [];
  }

  /** Runs an operation on faces and shows an error if it fails. Returns whether it succeeded. */
  async run(failing: string, what: () => Promise<unknown>): Promise<boolean> {
    const done = await this.#attempt(failing, async () => {
      await what();
      return true;
    });
    return done === true;
  }

  #attempt<T>(failing: string, what: () => Promise<T>): Promise<T | null> {
    return attempt(this.#showToast, failing, what);
  }
}
