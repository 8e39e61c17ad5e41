import { AkinError, toAkinError } from '../base/errors.ts';
import type {
  ImportContract,
  ImportFile,
  ImportReport,
  PhotoId,
  StageReport,
} from '../protocol/index.ts';
import type { WorkerClient } from '../rpc/workerClient.ts';

/** Files handed over at a time: small enough that posting them is no long task on the page. */
const STAGE_FILES = 64;
/** A worker that dies this often in a row is not started again by itself. */
const MAX_DEATHS = 3;

/** The page's side of importing: hands files over in portions and follows them to their end. */
export class ImportSession {
  readonly #embed: WorkerClient<ImportContract>;
  #cancelled = new AbortController();
  #running: Promise<void> | null = null;
  #staging = 0;

  constructor(embed: WorkerClient<ImportContract>) {
    this.#embed = embed;
  }

  /** Stages files, then resolves when the import that they are part of has ended. */
  async run(files: readonly ImportFile[]): Promise<ImportReport> {
    const report = { kept: [] as PhotoId[], duplicates: [] as PhotoId[], failed: [] as PhotoId[] };
    const queued: PhotoId[] = [];
    const { signal } = this.#cancelled;
    this.#staging++;
    let staged = 0;
    try {
      await this.#embed.call('announce', [files.length]);
      for (; staged < files.length && !signal.aborted; staged += STAGE_FILES) {
        const part = await this.#stage(files.slice(staged, staged + STAGE_FILES), signal);
        queued.push(...part.queued);
        report.duplicates.push(...part.duplicates);
        report.failed.push(...part.failed);
        this.nudge();
      }
    } catch (thrown) {
      if (toAkinError(thrown).code !== 'aborted') throw thrown;
    } finally {
      this.#staging--;
    }
    await this.wake();
    const fates = await this.#embed.call('fates', [queued]);
    report.kept.push(...fates.kept);
    report.failed.push(...fates.failed);
    const ended = report.kept.length + report.duplicates.length + report.failed.length;
    return { ...report, cancelled: files.length - ended };
  }

  /** Files are staged once more if the worker dies under them: what it had stored is recognised. */
  async #stage(files: readonly ImportFile[], signal: AbortSignal): Promise<StageReport> {
    for (let deaths = 0; ; deaths++) {
      try {
        return await this.#embed.call('stage', [files], { signal });
      } catch (thrown) {
        if (!isDeath(thrown) || deaths >= MAX_DEATHS) throw thrown;
      }
    }
  }

  /** Goes on with whatever waits, and resolves when nothing waits any more. */
  wake(): Promise<void> {
    this.#running ??= this.#follow().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** `wake` for who does not wait; what stops the import, its progress says. */
  nudge(): void {
    this.wake().catch(() => {});
  }

  async #follow(): Promise<void> {
    for (let deaths = 0; ; ) {
      try {
        await this.#embed.call('wake', []);
        await this.#embed.call('settled', []);
        return;
      } catch (thrown) {
        if (!isDeath(thrown) || ++deaths >= MAX_DEATHS) throw thrown;
      }
    }
  }

  /** Resolves when nothing is being staged or worked on. */
  async idle(): Promise<void> {
    while (this.#running || this.#staging > 0) {
      if (this.#running) await this.#running;
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Stops handing over files. What is staged already, the `cancel` command clears. */
  cancel(): void {
    this.#cancelled.abort();
    this.#cancelled = new AbortController();
  }
}

function isDeath(thrown: unknown): boolean {
  return thrown instanceof AkinError && thrown.code === 'worker-died';
}
