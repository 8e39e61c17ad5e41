import type { Akin, ItemsApi, ListOptions } from '../../../engine/index.ts';
import type { AppliedItemCommand, ItemCommand, ItemImportReport } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { akinError } from '../hooks/use-load.ts';
import { saveCsv } from '../save-file.ts';
import { attempt, UNDO_MS } from './attempt.ts';
import type { ShowToast } from './toast.ts';

/** User actions on items, with their toasts and undo. */
export class ItemActions {
  readonly #items: ItemsApi;
  readonly #showToast: ShowToast;
  #applying = false;
  #closeToast: () => void = () => {};

  constructor({ items }: Pick<Akin, 'items'>, showToast: ShowToast) {
    this.#items = items;
    this.#showToast = showToast;
  }

  /**
   * Applies a change and offers to undo it.
   *
   * @param toast text when done
   * @returns `null` if it failed, which is shown, or if another change is running
   */
  async apply(command: ItemCommand, toast: string): Promise<AppliedItemCommand | null> {
    // Ignore a double click: its target may mean something else by now.
    if (this.#applying) return null;
    this.#applying = true;
    const done = await this.#attempt(t('items.saveFailed'), () => this.#items.apply(command));
    this.#applying = false;
    if (done) this.#offerUndo(toast, done.entry);
    return done;
  }

  /** @returns `null` if it failed or was cancelled, which is shown */
  async importList(file: Blob, options: ListOptions): Promise<ItemImportReport | null> {
    return this.#attempt(t('items.listFailed'), async () => {
      try {
        return await this.#items.importList(file, options);
      } catch (thrown) {
        if (akinError(thrown).code !== 'aborted') throw thrown;
        this.#showToast({ text: t('items.listCancelled') });
        return null;
      }
    });
  }

  async exportList(): Promise<void> {
    await this.#attempt(t('items.exportFailed'), async () => {
      saveCsv(await this.#items.exportList(), 'items.csv');
    });
  }

  async undo(entry: number): Promise<void> {
    const done = await this.#attempt(t('people.undoFailed'), () => this.#items.undo(entry));
    if (done) this.#showToast({ text: t('items.undone') });
  }

  async redo(entry: number): Promise<void> {
    await this.#attempt(t('people.redoFailed'), () => this.#items.undo(entry));
  }

  #offerUndo(text: string, entry: number): void {
    // One undo toast at a time.
    this.#closeToast();
    this.#closeToast = this.#showToast({
      text,
      action: { label: t('common.undo'), run: () => void this.undo(entry) },
      timeout: UNDO_MS,
    });
  }

  #attempt<T>(failing: string, what: () => Promise<T>): Promise<T | null> {
    return attempt(this.#showToast, failing, what);
  }
}
