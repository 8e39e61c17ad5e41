import { type AkinError, errorReport, toAkinError } from '../../base/errors.ts';
import type {
  AkinEvent,
  ImportCommand,
  ImportItem,
  ImportTimings,
  PhotoId,
  StageReport,
  VectorMessage,
} from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { broadcastFaces } from '../faces/broadcastFaces.ts';
import type { Nets } from './batchEmbedder.ts';
import { ChangeSignal } from './changeSignal.ts';
import { ImportBroadcaster } from './importBroadcaster.ts';
import { ImportGate } from './importGate.ts';
import { enroll } from './importMembers.ts';
import { ImportQueue } from './importQueue.ts';
import { ImportRound, type RoundHooks } from './importRound.ts';
import { paused } from './progressMeter.ts';
import { IMPORT_LOCK, SharedImport } from './sharedImport.ts';
import { StageClock } from './stageClock.ts';
import { UnstagedFiles } from './unstagedFiles.ts';

/** Events after which waiters for an import check again. */
const CHANGES: ReadonlySet<AkinEvent['type']> = new Set(['progress', 'staged', 'tally']);

export interface ImporterOptions {
  readonly store: Store;
  /** Library id. */
  readonly library: string;
  /** This worker's tab. */
  readonly tab: string;
  readonly nets: Nets;
  readonly broadcast: (event: AkinEvent) => void;
  readonly sendVector: (message: VectorMessage) => void;
  /** Whether to detect faces in imported photos. */
  readonly looksForFaces: () => Promise<boolean>;
}

/**
 * Imports photos: one import shared by all tabs, any of which may add files. The store holds the
 * waiting files; this class tracks which tab imports and how far it is.
 */
export class Importer {
  readonly #options: ImporterOptions;
  readonly #queue: ImportQueue;
  readonly #gate = new ImportGate();
  readonly #clock = new StageClock();
  readonly #shared: SharedImport;
  readonly #broadcaster: ImportBroadcaster;
  /** Waiting for the lock, or holding it. */
  #working: Promise<void> | null = null;
  /** Whether this tab is the importing one. */
  #holds = false;
  #loaded = 0;
  #photosSeen = false;
  #recounts = 0;
  readonly #change = new ChangeSignal();
  readonly #unstaged: UnstagedFiles;

  constructor(options: ImporterOptions) {
    this.#options = options;
    this.#unstaged = new UnstagedFiles(options.store.meta, enroll(options.tab));
    this.#queue = new ImportQueue({
      jobs: options.store.jobs,
      broadcast: options.broadcast,
      onPart: (part) => {
        this.#shared.meter.staged(part);
        this.#unstaged.note(this.#shared.ledger.ownUnstaged);
        void this.#recount().catch(() => {}); /* the next count is as good */
      },
      onFailure: (error) => this.#stopAt(error),
      onEnd: () => void this.#recount().finally(() => this.#change.notify()),
    });
    this.#broadcaster = new ImportBroadcaster(options.broadcast);
    this.#shared = new SharedImport({
      library: options.library,
      broadcast: options.broadcast,
      queued: async () => (await options.store.jobs.counts()).queued,
      now: () => ({
        holds: this.#holds,
        waits: this.#working !== null,
        stopped: this.#gate.stopped !== null,
      }),
      onEnd: () => {
        this.#clock.stop();
        this.#change.notify();
      },
    });
  }

  timings(): ImportTimings {
    return { ...this.#clock.read(), workers: this.#options.nets.workers() };
  }

  /** Announces files about to be staged. New files are a retry, so a stopped import resumes. */
  announce(files: number, more?: boolean): void {
    this.#begin();
    if (this.#gate.stopped) this.#gate.resume();
    this.#shared.meter.announce(files, more);
    this.#unstaged.note(this.#shared.ledger.ownUnstaged);
    this.#enterRunning();
    this.#change.notify();
  }

  /** As `ImportQueue.stage`. @throws AkinError `aborted` */
  stage(files: readonly ImportItem[], again: boolean, signal: AbortSignal): Promise<StageReport> {
    return this.#queue.stage(files, signal, again);
  }

  /** Starts importing if any files are waiting. Returns how many are. */
  async wake(): Promise<number> {
    // A library deleted under an open connection would accept files as if nothing had happened.
    await this.#options.store.verify();
    const { queued } = await this.#options.store.jobs.counts();
    if (this.#gate.stopped) this.#shared.meter.tellNow();
    else if (queued > 0) this.#work();
    else await this.#shared.conclude();
    return queued;
  }

  /**
   * Resolves when no file is waiting or being staged, whichever tab imports.
   *
   * @throws AkinError the code of the failure that stopped the import
   */
  settled(signal: AbortSignal): Promise<void> {
    return this.#change.until(async () => {
      if (this.#gate.stopped) throw this.#gate.stopped;
      if (this.#working) return false;
      const { queued } = await this.#options.store.jobs.counts();
      // Also while more files are being found, which may take minutes in a large folder.
      if (queued > 0 && !this.#gate.stopped) this.#work();
      if (queued > 0 || this.#working || this.#shared.ledger.ownUnstaged > 0) return false;
      // Nothing is waiting if all files were rejected or already imported.
      return this.#shared.conclude();
    }, signal);
  }

  /** Applies a user's command from this tab or another, since all tabs share one import. */
  async command(command: ImportCommand): Promise<void> {
    switch (command) {
      case 'report':
        this.#shared.report();
        return;
      case 'pause':
        this.#gate.pause();
        this.#clock.stop();
        if (this.#shared.isActive) this.#shared.meter.enter(paused);
        return;
      case 'resume':
        this.#gate.resume();
        if (this.#shared.isActive) this.#enterRunning();
        await this.wake();
        return;
      case 'cancel':
        await this.#cancel();
    }
  }

  /** Retries failed files; `null` means all. Returns how many are waiting again. */
  retry(ids: readonly PhotoId[] | null, signal: AbortSignal): Promise<number> {
    this.announce(0);
    return this.#queue.retry(ids, signal, (files) => this.announce(files));
  }

  dismiss(ids: readonly PhotoId[] | null): Promise<void> {
    return this.#queue.dismiss(ids);
  }

  /** Reports loading progress of the inference worker. */
  loading(share: number): void {
    this.#loaded = share;
    if (this.#holds && !this.#photosSeen && !this.#gate.isPaused) this.#enterRunning();
  }

  /** Handles another tab's event. */
  async hear(event: AkinEvent): Promise<void> {
    if (event.type === 'command') return this.command(event.command);
    if (event.type === 'staged' && this.#holds) await this.#recount();
    this.#shared.hear(event);
    if (CHANGES.has(event.type)) this.#change.notify();
  }

  #begin(): void {
    if (this.#shared.begin()) this.#photosSeen = false;
  }

  #work(): void {
    if (this.#working) return;
    this.#working = navigator.locks
      .request(IMPORT_LOCK, () => this.#hold())
      .catch((thrown: unknown) => this.#stopAt(toAkinError(thrown)))
      .finally(() => {
        this.#working = null;
        this.#change.notify();
      });
  }

  async #hold(): Promise<void> {
    const { jobs } = this.#options.store;
    this.#holds = true;
    // The importing tab never reported an end, so it was closed or its worker crashed.
    if (this.#shared.takeOver()) this.#options.broadcast({ type: 'resync' });
    try {
      // Files may be staged, here or in another tab, while the last ones are being processed.
      for (;;) {
        const { queued } = await jobs.counts();
        if (queued === 0 || this.#gate.stopped) break;
        this.#begin();
        this.#shared.meter.setQueued(queued);
        if (this.#gate.isPaused) this.#shared.meter.enter(paused);
        else this.#enterRunning();
        const faces = await this.#options.looksForFaces();
        await this.#round(faces).run();
      }
      if (!this.#gate.stopped) this.#shared.meter.setQueued(0);
    } finally {
      this.#clock.stop();
      this.#broadcaster.flush();
      if (this.#gate.stopped) this.#tellStopped(this.#gate.stopped);
      else await this.#shared.conclude();
      this.#holds = false;
    }
  }

  #round(faces: boolean): ImportRound {
    const { store, nets, sendVector, broadcast, looksForFaces } = this.#options;
    const hooks: RoundHooks = {
      onDone: (photo, how, aspect) => {
        this.#shared.meter.done(how);
        if (how === 'imported') {
          this.#clock.photo();
          this.#broadcaster.add(photo, aspect);
        } else if (how === 'failed') {
          this.#options.broadcast({ type: 'failures' });
        }
      },
      onPhotos: () => {
        if (this.#photosSeen) return;
        this.#photosSeen = true;
        if (!this.#gate.isPaused) this.#enterRunning();
      },
      onVector: sendVector,
      onFaces: (kept) => broadcastFaces(kept, broadcast),
    };
    const [gate, clock] = [this.#gate, this.#clock];
    return new ImportRound({ store, nets, gate, clock, hooks, faces, looksForFaces });
  }

  /** Reads the number of waiting files from the store, which all tabs write to. */
  async #recount(): Promise<void> {
    const mine = ++this.#recounts;
    const { queued } = await this.#options.store.jobs.counts();
    if (mine === this.#recounts && this.#shared.isActive) this.#shared.meter.setQueued(queued);
  }

  #enterRunning(): void {
    // The models may still be loading for a cancelled import.
    if (!this.#shared.isActive || this.#gate.isPaused || this.#gate.stopped) return;
    this.#clock.start();
    const loaded = this.#loaded;
    this.#shared.meter.enter(
      this.#holds && !this.#photosSeen
        ? (counts) => ({ state: 'running', step: 'models', loaded, ...counts })
        : (counts) => ({ state: 'running', step: 'photos', ...counts }),
    );
  }

  #stopAt(error: AkinError): void {
    this.#gate.stop(error);
    this.#shared.ledger.giveUp();
    if (!this.#holds) this.#tellStopped(error);
    this.#change.notify();
  }

  #tellStopped(error: AkinError): void {
    this.#shared.meter.enter((counts) => ({ state: 'stopped', ...errorReport(error), ...counts }));
  }

  /** Ends staging and work first, so nothing is written after waiting files are discarded. */
  async #cancel(): Promise<void> {
    await this.#queue.cancel();
    this.#gate.cancel();
    await this.#options.store.jobs.cancelQueued();
    this.#recounts++;
    this.#broadcaster.flush();
    this.#shared.cancel();
    this.#unstaged.note(0);
    await this.#shared.conclude();
    this.#change.notify();
  }
}
