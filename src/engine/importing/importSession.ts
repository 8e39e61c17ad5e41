import { AkinError, toAkinError } from '../../base/errors.ts';
import type { ImportContract, ImportItem, ImportReport, PhotoId } from '../../protocol/index.ts';
import type { WorkerClient } from '../../rpc/workerClient.ts';
import { Arrivals } from './arrivals.ts';

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

/** The page's side of importing: hands files over in batches and follows them to their end. */
export class ImportSession {
  readonly #importer: WorkerClient<ImportContract>;
  readonly #options: ImportSessionOptions;
  /** One more whenever the library was lost, with all that was staged in it. */
  #library = 0;
  /** Imports under way in this tab, and how many of these begin anew. */
  readonly #holding = new Set<Arrivals>();
  #beginningAnew = 0;
  #cancelled = new AbortController();
  #running: Promise<void> | null = null;
  /** Asked for while it was under way, and perhaps too late for it: it looks once more. */
  #again = false;
  /** What is being handed over; more of it may still be found. */
  readonly #staging = new Set<Arrivals>();
  /** Whether the worker was told last that more may be found. */
  #moreTold = false;
  /** What could not be handed over, because of a full disk for one: `resume` goes on with it. */
  readonly #left: Arrivals[] = [];
  #deaths = 0;

  constructor(importer: WorkerClient<ImportContract>, options: ImportSessionOptions) {
    this.#importer = importer;
    this.#options = options;
  }

  /** Files that this tab still has at hand: of imports under way, or stopped. */
  get holding(): number {
    let files = 0;
    for (const arrivals of [...this.#holding, ...this.#left]) files += arrivals.found;
    return files;
  }

  /**
   * Stages files, then resolves when the import that they are part of has ended. Where the browser
   * deletes the library meanwhile, it begins anew with all of them.
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

  /** The library was lost, and its workers are new: what is under way begins anew. */
  lost(): void {
    this.#library++;
    this.#running = null;
    this.#again = false;
    this.#moreTold = false;
    for (const arrivals of this.#left.splice(0)) {
      arrivals.startOver();
      void this.#run(arrivals).catch(() => {}); /* its progress says what stops it */
    }
  }

  /** What fails because the library was deleted fails before anybody can tell of that. */
  async #isLost(thrown: unknown, library: number): Promise<boolean> {
    if (library !== this.#library) return true;
    const { code } = toAkinError(thrown);
    if (!code.startsWith('storage-') && code !== 'worker-died') return false;
    await this.#options.verify();
    return library !== this.#library;
  }

  /** @throws AkinError `storage-lost` where the library is not the one of that number any more */
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

  /** Whether the worker still waits for more to be found, and nothing will. */
  #isLast(arrivals: Arrivals): boolean {
    return this.#moreTold && !arrivals.open && !this.#more;
  }

  get #more(): boolean {
    return [...this.#staging].some(({ open }) => open);
  }

  /** Tells how much was found since the last time, and whether more may come, here or beside it. */
  async #announce(arrivals: Arrivals, library: number): Promise<void> {
    for (let deaths = 0; ; deaths++) {
      // The worker of another library is to be told all of it, from the start.
      if (library !== this.#library) throw lost();
      try {
        this.#moreTold = this.#more;
        return await this.#importer.call('announce', [arrivals.takeNews(), this.#moreTold]);
      } catch (thrown) {
        if (!isDeath(thrown) || deaths >= MAX_DEATHS) throw thrown;
      }
    }
  }

  /** Stages a batch, and once more if the worker dies under it: what it had stored is known. */
  async #stage(arrivals: Arrivals, signal: AbortSignal, library: number) {
    const batch = arrivals.take(STAGE_FILES);
    for (let deaths = 0; ; deaths++) {
      try {
        // After taking, as more is found all the time: nothing is staged that was not announced.
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

  /** The worker died, and with it what it was told of. */
  died(): void {
    for (const arrivals of this.#staging) arrivals.tellAgain();
    this.nudge();
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

  /** Resolves when nothing is being staged or worked on. */
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

  /** Stops handing over files, and forgets all that wait. */
  async cancel(): Promise<void> {
    this.stopStaging();
    await this.#importer.call('command', ['cancel']);
  }

  /** Stops handing over files: the import was cancelled, here or in another tab. */
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
