import { AkinError, toAkinError } from '../../base/errors.ts';
import type { ImportContract, ImportItem, ImportReport, PhotoId } from '../../protocol/index.ts';
import type { WorkerClient } from '../../rpc/workerClient.ts';
import { Arrivals } from './arrivals.ts';

/** Files per `stage` call: few enough that posting them is no long task on the page. */
const STAGE_FILES = 64;
/** Consecutive crashes after which the worker is no longer restarted automatically. */
const MAX_DEATHS = 3;

export interface ImportSessionOptions {
  /** Called when the import worker has crashed too often to be restarted. */
  readonly onGivenUp: (error: AkinError) => void;
  /** Checks that the library still exists; if not, calls `lost` before it resolves. */
  readonly verify: () => Promise<void>;
  /** Resolves when the library is open. */
  readonly opened: () => Promise<void>;
}

/** The page's side of importing: stages files in batches and follows them until they are done. */
export class ImportSession {
  readonly #importer: WorkerClient<ImportContract>;
  readonly #options: ImportSessionOptions;
  /** Incremented whenever the library is lost along with its staged files. */
  #library = 0;
  /** This tab's running imports, and how many of them are starting over. */
  readonly #holding = new Set<Arrivals>();
  #beginningAnew = 0;
  #cancelled = new AbortController();
  #running: Promise<void> | null = null;
  /** Set by a request during a run that may have come too late for it: run once more. */
  #again = false;
  /** Imports being staged; more of their files may still be found. */
  readonly #staging = new Set<Arrivals>();
  /** Whether the worker was last told that more files may come. */
  #moreTold = false;
  /** Imports that couldn't be staged, e.g. because the disk was full: `resume` continues them. */
  readonly #left: Arrivals[] = [];
  #deaths = 0;

  constructor(importer: WorkerClient<ImportContract>, options: ImportSessionOptions) {
    this.#importer = importer;
    this.#options = options;
  }

  /** Number of files this tab still holds, in running or stopped imports. */
  get holding(): number {
    let files = 0;
    for (const arrivals of [...this.#holding, ...this.#left]) files += arrivals.found;
    return files;
  }

  /**
   * Stages files and resolves when their import has ended. If the browser deletes the library
   * meanwhile, starts over with all of them.
   */
  async run(
    files: readonly ImportItem[] | AsyncIterable<readonly ImportItem[]>,
  ): Promise<ImportReport> {
    return this.#run(new Arrivals(files));
  }

  async #run(arrivals: Arrivals): Promise<ImportReport> {
    const { signal } = this.#cancelled;
    this.#holding.add(arrivals);
    try {
      for (;;) {
        const library = this.#library;
        try {
          const report = await this.#bringIn(arrivals, signal, library);
          if (library === this.#library) return report;
        } catch (thrown) {
          if (!(await this.#isLost(thrown, library))) throw thrown;
        }
        arrivals.startOver();
        this.#beginningAnew++;
        try {
          await this.#options.opened();
        } finally {
          this.#beginningAnew--;
        }
      }
    } finally {
      this.#holding.delete(arrivals);
    }
  }

  /** The library was lost and its workers replaced: start running imports over. */
  lost(): void {
    this.#library++;
    this.#running = null;
    this.#again = false;
    this.#moreTold = false;
    for (const arrivals of this.#left.splice(0)) {
      arrivals.startOver();
      void this.#run(arrivals).catch(() => {}); /* progress reports its errors */
    }
  }

  /** Calls fail because the library was deleted before any event announces the deletion. */
  async #isLost(thrown: unknown, library: number): Promise<boolean> {
    if (library !== this.#library) return true;
    const { code } = toAkinError(thrown);
    if (!code.startsWith('storage-') && code !== 'worker-died') return false;
    await this.#options.verify();
    return library !== this.#library;
  }

  /** @throws AkinError `storage-lost` if the library is no longer the one with that number */
  async #bringIn(
    arrivals: Arrivals,
    cancelled: AbortSignal,
    library: number,
  ): Promise<ImportReport> {
    let signal = cancelled;
    const queued: PhotoId[] = [];
    const duplicates: PhotoId[] = [];
    const failed: PhotoId[] = [];
    let skipped = 0;
    this.#staging.add(arrivals);
    arrivals.tellAgain();
    try {
      await this.#announce(arrivals, library);
      while (await arrivals.ready(signal)) {
        const part = await this.#stage(arrivals, signal, library);
        queued.push(...part.queued);
        duplicates.push(...part.duplicates);
        failed.push(...part.failed);
        skipped += part.skipped;
        this.nudge();
      }
    } catch (thrown) {
      if (toAkinError(thrown).code !== 'aborted') {
        if (await this.#isLost(thrown, library)) throw lost();
        arrivals.putBack();
        this.#left.push(arrivals);
        throw thrown;
      }
      signal = AbortSignal.abort();
    } finally {
      this.#staging.delete(arrivals);
    }
    if (signal.aborted) arrivals.close();
    else if (this.#isLast(arrivals)) await this.#announce(arrivals, library);
    await this.wake();
    arrivals.check();
    const outcomes = await this.#importer.call('outcomes', [queued]);
    const { imported } = outcomes;
    failed.push(...outcomes.failed);
    const ended = imported.length + duplicates.length + failed.length + skipped;
    return { imported, duplicates, failed, skipped, cancelled: arrivals.found - ended };
  }

  /** Whether the worker still expects more files although none will come. */
  #isLast(arrivals: Arrivals): boolean {
    return this.#moreTold && !arrivals.open && !this.#more;
  }

  get #more(): boolean {
    return [...this.#staging].some(({ open }) => open);
  }

  /** Announces the files found since the last call, and whether more may come from any source. */
  async #announce(arrivals: Arrivals, library: number): Promise<void> {
    for (let deaths = 0; ; deaths++) {
      // Another library's worker needs the whole announcement from the start.
      if (library !== this.#library) throw lost();
      try {
        this.#moreTold = this.#more;
        return await this.#importer.call('announce', [arrivals.takeNews(), this.#moreTold]);
      } catch (thrown) {
        if (!isDeath(thrown) || deaths >= MAX_DEATHS) throw thrown;
      }
    }
  }

  /**
   * Stages a batch, retrying once if the worker dies: files it had already stored are recognized.
   */
  async #stage(arrivals: Arrivals, signal: AbortSignal, library: number) {
    const batch = arrivals.take(STAGE_FILES);
    for (let deaths = 0; ; deaths++) {
      try {
        // After taking, since more files may be found at any time: never stage unannounced files.
        if (arrivals.news > 0 || this.#isLast(arrivals)) await this.#announce(arrivals, library);
        if (library !== this.#library) throw lost();
        const again = deaths > 0 || arrivals.triedBefore;
        const part = await this.#importer.call('stage', [batch, again], { signal });
        arrivals.handedOver(part.through);
        if (part.stopped) throw new AkinError(part.stopped.code, part.stopped.message);
        return { ...part, duplicates: [...part.duplicates, ...part.waiting] };
      } catch (thrown) {
        if (library !== this.#library) throw lost();
        if (!isDeath(thrown) || deaths >= MAX_DEATHS) throw thrown;
      }
    }
  }

  /** The worker died and lost its announcements. */
  died(): void {
    for (const arrivals of this.#staging) arrivals.tellAgain();
    this.nudge();
  }

  /** Continues with waiting files; resolves when none are left. */
  wake(): Promise<void> {
    this.#again = this.#running !== null;
    if (this.#running) return this.#running;
    const running = this.#follow().finally(() => {
      if (this.#running === running) this.#running = null;
    });
    this.#running = running;
    return running;
  }

  /** `wake` without waiting; progress reports errors. */
  nudge(): void {
    this.wake().catch(() => {});
  }

  /** The import makes progress: reset the count of its worker's crashes. */
  progressed(): void {
    this.#deaths = 0;
  }

  async #follow(): Promise<void> {
    const library = this.#library;
    for (;;) {
      try {
        await this.#importer.call('wake', []);
        await this.#importer.call('settled', []);
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

  /** Resolves when nothing is being staged or imported. */
  async idle(): Promise<void> {
    while (this.#running || this.#staging.size > 0 || this.#beginningAnew > 0) {
      const library = this.#library;
      if (this.#running) {
        await this.#running.catch((thrown: unknown) => {
          if (library === this.#library) throw thrown;
        });
      } else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async resume(): Promise<void> {
    await this.#importer.call('command', ['resume']);
    const left = this.#left.splice(0);
    if (left.length > 0) await Promise.all(left.map((arrivals) => this.#run(arrivals)));
    else await this.wake();
  }

  /** Stops staging and discards waiting files. */
  async cancel(): Promise<void> {
    this.stopStaging();
    await this.#importer.call('command', ['cancel']);
  }

  /** Stops staging because the import was cancelled, here or in another tab. */
  stopStaging(): void {
    for (const arrivals of this.#left.splice(0)) arrivals.close();
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
