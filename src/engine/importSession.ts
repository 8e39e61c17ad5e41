import { AkinError, toAkinError } from '../base/errors.ts';
import type { ImportContract, ImportFile, ImportReport, PhotoId } from '../protocol/index.ts';
import type { WorkerClient } from '../rpc/workerClient.ts';

/** Files handed over at a time: small enough that posting them is no long task on the page. */
const STAGE_FILES = 64;
/** A worker that dies this often in a row is not started again by itself. */
const MAX_DEATHS = 3;

export interface ImportSessionOptions {
  /** The import's worker died too often to be started again. */
  readonly onGivenUp: (error: AkinError) => void;
  /** Looks whether the library is still there; where it is not, `lost` is called before it resolves. */
  readonly verify: () => Promise<void>;
  /** Resolves when the library is open. */
  readonly opened: () => Promise<void>;
}

/** The page's side of importing: hands files over in portions and follows them to their end. */
export class ImportSession {
  readonly #embed: WorkerClient<ImportContract>;
  readonly #options: ImportSessionOptions;
  /** One more whenever the library was lost, with all that was staged in it. */
  #library = 0;
  /** Files of imports under way in this tab, and how many of these begin anew. */
  #holding = 0;
  #beginningAnew = 0;
  #cancelled = new AbortController();
  #running: Promise<void> | null = null;
  /** Asked for while it was under way, and perhaps too late for it: it looks once more. */
  #again = false;
  #staging = 0;
  /** Files whose staging was stopped, by a full disk for one: `resume` hands them over. */
  #left: ImportFile[] = [];
  #deaths = 0;

  constructor(embed: WorkerClient<ImportContract>, options: ImportSessionOptions) {
    this.#embed = embed;
    this.#options = options;
  }

  /** Files that this tab still has at hand: of imports under way, or stopped. */
  get holding(): number {
    return this.#holding + this.#left.length;
  }

  /**
   * Stages files, then resolves when the import that they are part of has ended. Where the browser
   * deletes the library meanwhile, it begins anew with all of them.
   */
  async run(files: readonly ImportFile[]): Promise<ImportReport> {
    this.#holding += files.length;
    try {
      for (;;) {
        const library = this.#library;
        try {
          const report = await this.#bringIn(files);
          if (library === this.#library) return report;
        } catch (thrown) {
          if (library === this.#library && !(await this.#isLost(thrown))) throw thrown;
        }
        this.#beginningAnew++;
        try {
          await this.#options.opened();
        } finally {
          this.#beginningAnew--;
        }
      }
    } finally {
      this.#holding -= files.length;
    }
  }

  /** The library was lost, and its workers are new: what is under way begins anew. */
  lost(): void {
    this.#library++;
    this.#running = null;
    this.#again = false;
    const left = this.#left;
    this.#left = [];
    if (left.length > 0) void this.run(left).catch(() => {}); /* its progress says what stops it */
  }

  /** What fails because the library was deleted fails before anybody can tell of that. */
  async #isLost(thrown: unknown): Promise<boolean> {
    const { code } = toAkinError(thrown);
    if (!code.startsWith('storage-') && code !== 'worker-died') return false;
    const library = this.#library;
    await this.#options.verify();
    return library !== this.#library;
  }

  async #bringIn(files: readonly ImportFile[]): Promise<ImportReport> {
    const { signal } = this.#cancelled;
    const queued: PhotoId[] = [];
    const duplicates: PhotoId[] = [];
    const failed: PhotoId[] = [];
    this.#staging++;
    let staged = 0;
    try {
      await this.#embed.call('announce', [files.length]);
      for (; staged < files.length && !signal.aborted; staged += STAGE_FILES) {
        const part = await this.#stage(files, staged, signal);
        queued.push(...part.queued);
        duplicates.push(...part.duplicates);
        failed.push(...part.failed);
        this.nudge();
      }
    } catch (thrown) {
      if (toAkinError(thrown).code !== 'aborted') {
        if (await this.#isLost(thrown)) throw lost();
        this.#left.push(...files.slice(staged));
        throw thrown;
      }
    } finally {
      this.#staging--;
    }
    await this.wake();
    const fates = await this.#embed.call('fates', [queued]);
    const kept = fates.kept;
    failed.push(...fates.failed);
    const ended = kept.length + duplicates.length + failed.length;
    return { kept, duplicates, failed, cancelled: files.length - ended };
  }

  /** Stages a portion, and once more if the worker dies under it: what it had stored is known. */
  async #stage(files: readonly ImportFile[], from: number, signal: AbortSignal) {
    const portion = files.slice(from, from + STAGE_FILES);
    const library = this.#library;
    for (let deaths = 0; ; deaths++) {
      try {
        const part = await this.#embed.call('stage', [portion], { signal });
        if (deaths === 0) return { ...part, duplicates: [...part.duplicates, ...part.waiting] };
        return { ...part, queued: [...part.queued, ...part.waiting] };
      } catch (thrown) {
        if (library !== this.#library) throw lost();
        if (!isDeath(thrown) || deaths >= MAX_DEATHS) throw thrown;
        await this.#embed.call('announce', [files.length - from]);
      }
    }
  }

  /** Goes on with whatever waits, and resolves when nothing waits any more. */
  wake(): Promise<void> {
    this.#again = this.#running !== null;
    if (this.#running) return this.#running;
    const running = this.#follow().finally(() => {
      if (this.#running === running) this.#running = null;
    });
    this.#running = running;
    return running;
  }

  /** `wake` for who does not wait; what stops the import, its progress says. */
  nudge(): void {
    this.wake().catch(() => {});
  }

  /** The import makes headway: earlier deaths of its worker count no more. */
  progressed(): void {
    this.#deaths = 0;
  }

  async #follow(): Promise<void> {
    const library = this.#library;
    for (;;) {
      try {
        await this.#embed.call('wake', []);
        await this.#embed.call('settled', []);
        if (!this.#again) return;
        this.#again = false;
      } catch (thrown) {
        if (library !== this.#library) throw lost();
        if (!isDeath(thrown)) throw thrown;
        if (++this.#deaths < MAX_DEATHS) continue;
        this.#deaths = 0;
        this.#options.onGivenUp(thrown);
        throw thrown;
      }
    }
  }

  /** Resolves when nothing is being staged or worked on. */
  async idle(): Promise<void> {
    while (this.#running || this.#staging > 0 || this.#beginningAnew > 0) {
      const library = this.#library;
      if (this.#running) {
        await this.#running.catch((thrown: unknown) => {
          if (library === this.#library) throw thrown;
        });
      } else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async resume(): Promise<void> {
    await this.#embed.call('command', ['resume']);
    const left = this.#left;
    this.#left = [];
    if (left.length > 0) await this.run(left);
    else await this.wake();
  }

  /** Stops handing over files, and forgets all that wait. */
  async cancel(): Promise<void> {
    this.stopStaging();
    await this.#embed.call('command', ['cancel']);
  }

  /** Stops handing over files: the import was cancelled, here or in another tab. */
  stopStaging(): void {
    this.#left = [];
    this.#cancelled.abort();
    this.#cancelled = new AbortController();
  }
}

function isDeath(thrown: unknown): thrown is AkinError {
  return thrown instanceof AkinError && thrown.code === 'worker-died';
}

function lost(): AkinError {
  return new AkinError('storage-lost', 'The browser deleted the library.');
}
