import { AkinError, type ErrorReport } from '../../base/errors.ts';
import type { AkinEvent, ImportItem, PhotoId, StageReport } from '../../protocol/index.ts';
import type { Jobs } from '../../store/index.ts';
import { FileIngester, type StagedPart } from './fileIngester.ts';

export interface IntakeOptions {
  readonly jobs: Jobs;
  readonly broadcast: (event: AkinEvent) => void;
  /** Called when some files were stored or rejected. */
  readonly onPart: (part: StagedPart) => void;
  /** Called on a global failure while staging. */
  readonly onFailure: (error: AkinError) => void;
  /** Called when staging or a retry has ended, successfully or not. */
  readonly onEnd: () => void;
}

const GONE: ErrorReport = {
  code: 'unreadable-file',
  message: 'Akin does not have this file any more. Choose it again.',
  details: { reason: 'gone' },
};

/** The entrance to the library: stages files, and keeps rejected ones for a retry. */
export class ImportQueue {
  readonly #options: IntakeOptions;
  readonly #ingester: FileIngester;
  #open = new AbortController();
  #underWay: Promise<unknown> = Promise.resolve();

  constructor(options: IntakeOptions) {
    this.#options = options;
    this.#ingester = new FileIngester(options.jobs);
  }

  /**
   * Stages files; the report says what stopped it, if anything.
   *
   * @param again as for `FileIngester.stage`
   * @throws AkinError `aborted`
   */
  stage(files: readonly ImportItem[], signal: AbortSignal, again = false): Promise<StageReport> {
    const staged = this.#stage(files, AbortSignal.any([signal, this.#open.signal]), again);
    this.#underWay = Promise.allSettled([this.#underWay, staged]);
    return staged;
  }

  /** Cancels all staging; resolves when nothing more will be written. */
  async cancel(): Promise<void> {
    this.#open.abort(new AkinError('aborted', 'The import was cancelled.'));
    this.#open = new AbortController();
    await this.#underWay;
  }

  /**
   * Queues failed files again; `null` means all. Files whose bytes were not stored are announced
   * and staged again from their handles.
   *
   * @returns how many files are waiting again
   */
  async retry(
    ids: readonly PhotoId[] | null,
    signal: AbortSignal,
    announce: (files: number) => void,
  ): Promise<number> {
    try {
      return await this.#retry(ids, signal, announce);
    } finally {
      this.#options.broadcast({ type: 'failures' });
      // Also if all of them were rejected again.
      this.#options.onEnd();
    }
  }

  async #retry(
    ids: readonly PhotoId[] | null,
    signal: AbortSignal,
    announce: (files: number) => void,
  ): Promise<number> {
    const { jobs } = this.#options;
    const { queued, lacking } = await jobs.retry(ids);
    const handles = this.#ingester.handles(lacking);
    const gone = lacking.filter((_, i) => handles[i] === null);
    await jobs.failAll(gone, GONE);
    const files = handles.filter((file) => file !== null);
    let again = queued.length;
    if (files.length > 0) {
      const old = lacking.filter((_, i) => handles[i] !== null);
      this.#ingester.forget(old);
      announce(files.length);
      // Remove the old entries only now: a failure in between lists a file twice but doesn't lose
      // it.
      const report = await this.stage(files, signal);
      if (report.stopped) throw new AkinError(report.stopped.code, report.stopped.message);
      again += report.queued.length;
      // The same bytes failing again are the same entry.
      const listed = new Set(report.failed);
      await jobs.dismiss(old.filter((id) => !listed.has(id)));
    }
    return again;
  }

  async dismiss(ids: readonly PhotoId[] | null): Promise<void> {
    this.#ingester.forget(await this.#options.jobs.dismiss(ids));
    this.#options.broadcast({ type: 'failures' });
  }

  async #stage(
    files: readonly ImportItem[],
    signal: AbortSignal,
    again: boolean,
  ): Promise<StageReport> {
    const { broadcast, onPart, onFailure, onEnd } = this.#options;
    try {
      const onStaged = (part: StagedPart) => {
        onPart(part);
        if (part.failed > 0) broadcast({ type: 'failures' });
      };
      const report = await this.#ingester.stage(files, signal, onStaged, again);
      if (report.restored.length > 0) broadcast({ type: 'restored', ids: report.restored });
      broadcast({ type: 'staged' });
      const { stopped } = report;
      if (stopped) onFailure(new AkinError(stopped.code, stopped.message));
      return report;
    } finally {
      onEnd();
    }
  }
}
