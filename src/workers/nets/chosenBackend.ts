import { toAkinError } from '../../base/errors.ts';
import type { BackendName } from '../../protocol/index.ts';
import { type OpenBackend, openBackend } from '../../vision/backends/backend.ts';
import { endOnLoss } from '../../vision/backends/endOnLoss.ts';
import type { ModelFiles } from '../../vision/models.ts';

/**
 * The backend that the user chose, or the best one if that is unavailable: opened at first use, and
 * again after work broke it.
 */
export class ChosenBackend {
  readonly #files: () => Promise<ModelFiles>;
  readonly #choice: () => Promise<BackendName | 'auto'>;
  #opened: OpenBackend | null = null;
  #guarded: ReturnType<typeof endOnLoss> | null = null;

  constructor(files: () => Promise<ModelFiles>, choice: () => Promise<BackendName | 'auto'>) {
    this.#files = files;
    this.#choice = choice;
  }

  /** @throws AkinError `backend-unavailable`, `model-missing`, `model-corrupt` */
  async open(): Promise<BackendName> {
    if (!this.#opened) {
      this.#opened = await this.#start();
      this.#guarded = endOnLoss(this.#opened.lost);
    }
    return this.#opened.report.active;
  }

  async #start(): Promise<OpenBackend> {
    const [files, choice] = await Promise.all([this.#files(), this.#choice()]);
    if (choice === 'auto') return openBackend({ files });
    try {
      return await openBackend({ files, force: choice });
    } catch (thrown) {
      if (toAkinError(thrown).code !== 'backend-unavailable') throw thrown;
      return openBackend({ files });
    }
  }

  /** Rejects work when the device is lost, since a read from a lost device may never settle. */
  guard<T>(work: Promise<T>): Promise<T> {
    return this.#guarded ? this.#guarded(work) : work;
  }

  close(): void {
    this.#opened?.dispose();
    this.#opened = null;
    this.#guarded = null;
  }
}
