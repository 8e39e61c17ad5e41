import type { Akin } from '../../../engine/index.ts';
import type { ImportFile, ImportItem, ImportReport, PhotoId } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { savePhoto, savePhotos } from '../save-file.ts';
import { attempt, UNDO_MS } from './attempt.ts';
import type { ShowToast } from './toast.ts';

/** User actions on the library, with their toasts and undo. */
export class Actions {
  readonly #akin: Akin;
  readonly #showToast: ShowToast;
  readonly #show: (id: PhotoId) => void;
  /** Latest last. */
  #removed: {
    ids: readonly PhotoId[];
    undone: (() => void) | undefined;
    closeToast: () => void;
    at: number;
  }[] = [];

  constructor(akin: Akin, showToast: ShowToast, show: (id: PhotoId) => void) {
    this.#akin = akin;
    this.#showToast = showToast;
    this.#show = show;
  }

  async importFiles(
    files: readonly (File | ImportFile)[] | AsyncIterable<readonly ImportItem[]>,
  ): Promise<void> {
    if (Array.isArray(files) && files.length === 0) return;
    await this.#import(() => this.#akin.importFiles(files));
  }

  async importSamples(): Promise<void> {
    await this.#import(() => this.#akin.importSamples());
  }

  /** @param undone called when the photos have been restored by `undo` */
  async remove(ids: readonly PhotoId[], undone?: () => void): Promise<void> {
    await this.#attempt(t('trash.moveFailed'), async () => {
      const moved = await this.#akin.remove(ids);
      if (moved.length === 0) return;
      const closeToast = this.#showToast({
        text: t('trash.moved', { count: moved.length }),
        action: { label: t('common.undo'), run: () => void this.undo() },
        timeout: UNDO_MS,
      });
      this.#removed.push({ ids: moved, undone, closeToast, at: Date.now() });
    });
  }

  /** Time of the deletion that `undo` would revert; 0 if there is none. */
  get lastAt(): number {
    return this.#removed.at(-1)?.at ?? 0;
  }

  /** Restores what was last moved to Trash. */
  async undo(): Promise<void> {
    const last = this.#removed.at(-1);
    if (last && (await this.restore(last.ids))) last.undone?.();
  }

  /** Returns whether it succeeded. */
  async restore(ids: readonly PhotoId[]): Promise<boolean> {
    return this.#attempt(t('trash.restoreFailed'), async () => {
      const back = await this.#akin.restore(ids);
      this.forgetRemoved(ids);
      if (back.length > 0) this.#showToast({ text: t('trash.restored', { count: back.length }) });
    });
  }

  async purge(ids?: readonly PhotoId[]): Promise<void> {
    await this.#attempt(t('trash.deleteFailed'), async () => {
      const gone = await this.#akin.purge(ids);
      this.forgetRemoved(ids);
      if (gone > 0) this.#showToast({ text: t('trash.deleted', { count: gone }) });
    });
  }

  async clear(): Promise<void> {
    await this.#attempt(t('trash.eraseFailed'), async () => {
      await this.#akin.clear();
      this.forgetRemoved();
      this.#showToast({ text: t('trash.erased') });
    });
  }

  /** Downloads originals: a single one as is, several in an archive. */
  async download(ids: readonly PhotoId[]): Promise<void> {
    await this.#attempt(t('viewer.downloadFailed'), async () => {
      const [only] = ids;
      if (only !== undefined && ids.length === 1) {
        const { name } = await this.#akin.photo(only);
        return savePhoto(await this.#akin.original(only), name);
      }
      const close = this.#showToast({ text: t('gallery.preparingDownload'), timeout: 0 });
      await savePhotos(this.#akin, ids, t('gallery.archiveName')).finally(close);
    });
  }

  async retry(ids?: readonly PhotoId[]): Promise<void> {
    await this.#attempt(t('import.retryFailed'), async () => {
      await this.#akin.retry(ids);
    });
  }

  async dismiss(ids?: readonly PhotoId[]): Promise<void> {
    await this.#attempt(t('import.dismissFailed'), () => this.#akin.dismiss(ids));
  }

  /** Closes the undo toasts of photos that are no longer in Trash; of all photos without `ids`. */
  forgetRemoved(ids?: readonly PhotoId[]): void {
    const gone = new Set(ids);
    this.#removed = this.#removed.flatMap((removal) => {
      const left = ids ? removal.ids.filter((id) => !gone.has(id)) : [];
      if (left.length > 0) return [{ ...removal, ids: left }];
      removal.closeToast();
      return [];
    });
  }

  async #import(bringIn: () => Promise<ImportReport>): Promise<void> {
    const run = async () => {
      const report = await bringIn();
      const [only] = report.duplicates;
      if (only === undefined || report.duplicates.length > 1) return;
      if (report.imported.length > 0 || report.failed.length > 0) return;
      this.#showToast({
        text: t('import.duplicate'),
        action: { label: t('import.show'), run: () => this.#show(only) },
      });
    };
    // The import bar shows why an import stopped.
    const isReported = () => this.#akin.progress.get().state === 'stopped';
    await this.#attempt(t('import.failed'), run, isReported);
  }

  async #attempt(
    failing: string,
    run: () => Promise<void>,
    isReported?: () => boolean,
  ): Promise<boolean> {
    const done = async () => {
      await run();
      return true;
    };
    return (await attempt(this.#showToast, failing, done, isReported)) === true;
  }
}
