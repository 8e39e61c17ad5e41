import type { Akin } from '../../../engine/index.ts';
import type { GroupBy, PhotoId, StoredQuery, StoredTerm } from '../../../protocol/index.ts';
import { type PageTerm, storable } from '../../pure/query/terms.ts';
import { t } from '../../text/t.ts';
import { attempt, UNDO_MS } from './attempt.ts';
import type { ShowToast } from './toast.ts';

/** User actions on recent and saved searches, with their toasts and undo. */
export class QueryActions {
  readonly #akin: Pick<Akin, 'queries' | 'colorsOf'>;
  readonly #showToast: ShowToast;

  constructor(akin: Pick<Akin, 'queries' | 'colorsOf'>, showToast: ShowToast) {
    this.#akin = akin;
    this.#showToast = showToast;
  }

  /** The main colors of a photo or picture as `#rrggbb`; none if they aren't known, which is shown. */
  async colorsOf(what: PhotoId | Blob): Promise<readonly string[]> {
    const found = await this.#attempt(t('query.colorsFailed'), () => this.#akin.colorsOf(what));
    if (found?.length === 0) this.#showToast({ text: t('query.colorsUnknown') });
    return found?.map(({ color }) => color) ?? [];
  }

  /** Keeps a search as a recent one, unless it has a picture that isn't in the library. */
  remember(terms: readonly PageTerm[]): void {
    const plain = storable(terms);
    if (!plain?.some(({ mark }) => mark !== 'off')) return;
    // Without it, only a suggestion is missing.
    this.#akin.queries.remember(plain).catch(() => {});
  }

  async save(name: string, terms: readonly StoredTerm[], groupBy: GroupBy): Promise<void> {
    await this.#attempt(t('query.saveFailed'), async () => {
      await this.#akin.queries.save(name, terms, groupBy);
      this.#showToast({ text: t('query.searchSaved', { name: name.trim() }) });
    });
  }

  async rename(id: string, name: string): Promise<void> {
    await this.#attempt(t('query.saveFailed'), () => this.#akin.queries.rename(id, name));
  }

  /** Removes a saved or recent search. */
  async remove({ id, name }: StoredQuery): Promise<void> {
    await this.#remove(name === null ? null : t('query.searchDeleted', { name }), [id]);
  }

  /** Removes all recent searches. */
  async removeRecent(): Promise<void> {
    await this.#remove(t('query.recentCleared'));
  }

  /** @param text offers to undo it */
  async #remove(text: string | null, ids?: readonly string[]): Promise<void> {
    await this.#attempt(t('query.removeFailed'), async () => {
      const removed = await this.#akin.queries.remove(ids);
      if (text === null || removed.length === 0) return;
      const undo = () =>
        this.#attempt(t('people.undoFailed'), () => this.#akin.queries.restore(removed));
      this.#showToast({
        text,
        action: { label: t('common.undo'), run: () => void undo() },
        timeout: UNDO_MS,
      });
    });
  }

  #attempt<T>(failing: string, what: () => Promise<T>): Promise<T | null> {
    return attempt(this.#showToast, failing, what);
  }
}
