import { AkinError, toAkinError } from '../base/errors.ts';
import type {
  AkinEvent,
  ImportFile,
  ImportTimings,
  NetsContract,
  PhotoId,
  StageReport,
  VectorMessage,
} from '../protocol/index.ts';
import type { WorkerClient } from '../rpc/workerClient.ts';
import type { Store } from '../store/index.ts';
import { ImportGate } from './importGate.ts';
import { ImportRound } from './importRound.ts';
import { ProgressMeter } from './progressMeter.ts';
import { StageClock } from './stageClock.ts';
import { Stager } from './stager.ts';

/** Held by the one tab that works on the files that wait; the next in line takes over. */
const IMPORT_LOCK = 'akin-import';
/** Kept photos are told of in groups this long, in milliseconds. */
const TELL_KEPT_MS = 150;

export interface ImporterOptions {
  readonly store: Store;
  readonly nets: WorkerClient<NetsContract>;
  readonly tell: (event: AkinEvent) => void;
  readonly sendVector: (message: VectorMessage) => void;
}

/** Brings photos in: one import for all tabs, whose files any tab may add to. */
export class Importer {
  readonly #options: ImporterOptions;
  readonly #stager: Stager;
  readonly #gate = new ImportGate();
  readonly #clock = new StageClock();
  readonly #meter: ProgressMeter;
  #working: Promise<void> | null = null;
  /** Whether this tab is the one that works. */
  #holds = false;
  #loaded = 0;
  #photosSeen = false;
  #staging = new AbortController();
  #waiters: (() => void)[] = [];
  #kept: { ids: PhotoId[]; aspects: number[] } = { ids: [], aspects: [] };
  #keptTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ImporterOptions) {
    this.#options = options;
    this.#stager = new Stager(options.store.jobs);
    this.#meter = new ProgressMeter((progress) => options.tell({ type: 'progress', progress }));
  }

  timings(): ImportTimings {
    return this.#clock.read();
  }

  announce(files: number): void {
    this.#begin();
    this.#meter.announce(files);
    if (!this.#holds) this.#enterRunning();
  }

  async stage(files: readonly ImportFile[], signal: AbortSignal): Promise<StageReport> {
    const cancelled = this.#staging.signal;
    try {
      const report = await this.#stager.stage(files, AbortSignal.any([signal, cancelled]));
      const restored = report.duplicates.length > 0;
      this.#meter.staged({
        queued: report.queued.length,
        duplicates: report.duplicates.length,
        failed: report.failed.length,
      });
      if (report.failed.length > 0) this.#options.tell({ type: 'failures' });
      // A duplicate may have come back from the bin; telling so of one that did not is harmless.
      if (restored) this.#options.tell({ type: 'restored', ids: report.duplicates });
      return report;
    } catch (thrown) {
      if (toAkinError(thrown).code !== 'aborted') this.#stopAt(toAkinError(thrown));
      throw thrown;
    } finally {
      this.#changed();
    }
  }

  /** Starts working on what waits, if anything does. Returns how many files wait. */
  async wake(): Promise<number> {
    const { queued } = await this.#options.store.jobs.counts();
    if (queued > 0 && !this.#gate.stopped) this.#work();
    else if (!this.#working) this.#finish(false);
    return queued;
  }

  /** @throws AkinError the code of what stopped the import */
  async settled(signal: AbortSignal): Promise<void> {
    for (;;) {
      signal.throwIfAborted();
      if (this.#gate.stopped) throw this.#gate.stopped;
      if (!this.#working && this.#meter.unstaged === 0) {
        const { queued } = await this.#options.store.jobs.counts();
        if (queued === 0 && !this.#working) return;
        if (!this.#working && !this.#gate.stopped) this.#work();
      }
      await this.#nextChange(signal);
    }
  }

  command(command: 'pause' | 'resume' | 'cancel' | 'report'): void {
    switch (command) {
      case 'report':
        if (this.#holds) this.#meter.tellNow();
        return;
      case 'pause':
        if (!this.#working) return;
        this.#gate.pause();
        this.#clock.stop();
        if (this.#holds) this.#meter.enter((counts) => ({ state: 'paused', ...counts }));
        return;
      case 'resume':
        this.#gate.resume();
        if (this.#holds) this.#enterRunning();
        return;
      case 'cancel':
        void this.#cancel();
    }
  }

  async retry(ids: readonly PhotoId[] | null, signal: AbortSignal): Promise<number> {
    const { queued, lacking } = await this.#options.store.jobs.retry(ids);
    this.#begin();
    this.#meter.staged({ queued: queued.length, duplicates: 0, failed: 0 });
    let again = queued.length;
    const handles = this.#stager.handles(lacking);
    const files = handles.filter((file) => file !== null);
    for (const [i, id] of lacking.entries()) {
      if (handles[i]) continue;
      const message = 'Akin does not have this file any more. Drop it again to try once more.';
      await this.#options.store.jobs.fail(id, 'unreadable-file', message);
    }
    if (files.length > 0) {
      await this.#options.store.jobs.dismiss(lacking.filter((_, i) => handles[i] !== null));
      this.#stager.forget(lacking);
      this.announce(files.length);
      again += (await this.stage(files, signal)).queued.length;
    }
    this.#options.tell({ type: 'failures' });
    return again;
  }

  async dismiss(ids: readonly PhotoId[] | null): Promise<void> {
    this.#stager.forget(await this.#options.store.jobs.dismiss(ids));
    this.#options.tell({ type: 'failures' });
  }

  loading(share: number): void {
    this.#loaded = share;
    if (this.#holds && !this.#photosSeen && !this.#gate.isPaused) this.#enterRunning();
  }

  /** Another tab did something; what waits here looks again. */
  otherTabActed(): void {
    this.#changed();
  }

  #begin(): void {
    if (!this.#working && this.#meter.unstaged === 0) this.#meter.reset();
  }

  #work(): void {
    this.#working ??= navigator.locks
      .request(IMPORT_LOCK, () => this.#hold())
      .catch((thrown: unknown) => this.#stopAt(toAkinError(thrown)))
      .finally(() => {
        this.#working = null;
        this.#changed();
      });
  }

  async #hold(): Promise<void> {
    const { jobs } = this.#options.store;
    this.#holds = true;
    this.#clock.start();
    try {
      // Files may be staged while the last ones are being read, here or in another tab.
      for (;;) {
        const { queued } = await jobs.counts();
        this.#meter.setQueued(queued);
        if (queued === 0 || this.#gate.stopped) break;
        this.#enterRunning();
        await this.#round().run();
      }
    } finally {
      this.#clock.stop();
      this.#holds = false;
      this.#tellKept();
      this.#photosSeen = false;
      if (this.#gate.stopped) this.#tellStopped(this.#gate.stopped);
      else this.#finish(false);
    }
  }

  #round(): ImportRound {
    const { store, nets, sendVector } = this.#options;
    return new ImportRound(store, nets, this.#gate, this.#clock, {
      onDone: (id, how, aspect) => {
        this.#meter.done(how);
        if (how === 'kept') {
          this.#clock.photo();
          this.#kept.ids.push(id);
          this.#kept.aspects.push(aspect);
          this.#keptTimer ??= setTimeout(() => this.#tellKept(), TELL_KEPT_MS);
        } else if (how === 'failed') {
          this.#options.tell({ type: 'failures' });
        }
        this.#changed();
      },
      onPhotos: () => {
        if (this.#photosSeen) return;
        this.#photosSeen = true;
        if (!this.#gate.isPaused) this.#enterRunning();
      },
      onVector: sendVector,
    });
  }

  #tellKept(): void {
    clearTimeout(this.#keptTimer);
    this.#keptTimer = undefined;
    if (this.#kept.ids.length === 0) return;
    this.#options.tell({ type: 'kept', ...this.#kept });
    this.#kept = { ids: [], aspects: [] };
  }

  #enterRunning(): void {
    this.#clock.start();
    const loaded = this.#loaded;
    const step = this.#photosSeen || !this.#holds ? 'photos' : 'models';
    this.#meter.enter((counts) =>
      step === 'models'
        ? { state: 'running', step, loaded, ...counts }
        : { state: 'running', step, ...counts },
    );
  }

  /** Tells that the import is over, unless files are still on their way in. */
  #finish(cancelled: boolean): void {
    if (this.#meter.unstaged > 0 || this.#meter.counts().total === 0) return;
    this.#meter.enter((counts) => ({ state: 'done', cancelled, ...counts }));
  }

  #stopAt(error: AkinError): void {
    this.#gate.stop(error);
    this.#meter.giveUpUnstaged();
    if (!this.#holds) this.#tellStopped(error);
    this.#changed();
  }

  #tellStopped({ code, message }: AkinError): void {
    this.#meter.enter((counts) => ({ state: 'stopped', code, message, ...counts }));
  }

  async #cancel(): Promise<void> {
    this.#staging.abort(new AkinError('aborted', 'The import was cancelled.'));
    this.#staging = new AbortController();
    this.#meter.giveUpUnstaged();
    this.#gate.cancel();
    await this.#options.store.jobs.cancelQueued();
    this.#meter.setQueued(0);
    await this.#working;
    this.#finish(true);
    this.#changed();
  }

  #changed(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  async #nextChange(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waiters.push(resolve);
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }
}
