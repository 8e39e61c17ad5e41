import { type AkinError, type ErrorCode, toAkinError } from '../base/errors.ts';
import type { NetOutput, NetsContract, PhotoId, VectorMessage } from '../protocol/index.ts';
import type { WorkerClient } from '../rpc/workerClient.ts';
import type { JobRow, Kept, Store } from '../store/index.ts';
import { prepare } from '../vision/prepare.ts';
import type { Prepared } from '../vision/types.ts';
import type { ImportGate } from './importGate.ts';
import { chunk, mapAhead } from './pipeline.ts';
import type { StageClock } from './stageClock.ts';

/** Photos decoded at once: enough that the nets never wait, few enough for 12-megapixel bitmaps. */
const PREPARE_WIDTH = 3;
/** Photos a call of the nets, and calls under way: one computes while the next is handed over. */
const BATCH = 4;
const EMBED_WIDTH = 2;
/** Jobs read from the store at a time. */
const READ_JOBS = 16;
/** A file that was begun this often, and never ended, is what kills the tab. */
const MAX_ATTEMPTS = 3;

/** Failures that concern one file; any other ends the round. */
const OF_ONE_FILE: ReadonlySet<ErrorCode> = new Set([
  'empty-file',
  'unsupported-format',
  'damaged-picture',
  'too-many-pixels',
  'file-too-large',
  'unreadable-file',
  'bad-vector',
  'internal',
]);

export interface RoundHooks {
  /** A file is done with; for a kept photo, its width / height. */
  readonly onDone: (id: PhotoId, how: Kept | 'failed', aspect: number) => void;
  /** The models are there and photos are being read. */
  readonly onPhotos: () => void;
  /** A kept photo's vector, on its way to the index. */
  readonly onVector: (message: VectorMessage) => void;
}

interface Ready {
  readonly job: JobRow;
  readonly prepared: Prepared;
  readonly thumb: ArrayBuffer;
}

/** Works through the files that wait, until none does or the gate ends the round. */
export class ImportRound {
  readonly #store: Store;
  readonly #nets: WorkerClient<NetsContract>;
  readonly #gate: ImportGate;
  readonly #clock: StageClock;
  readonly #hooks: RoundHooks;
  readonly #signal: AbortSignal;

  constructor(
    store: Store,
    nets: WorkerClient<NetsContract>,
    gate: ImportGate,
    clock: StageClock,
    hooks: RoundHooks,
  ) {
    this.#store = store;
    this.#nets = nets;
    this.#gate = gate;
    this.#clock = clock;
    this.#hooks = hooks;
    this.#signal = gate.signal;
  }

  /** Never rejects: what stops it, the gate is told. */
  async run(): Promise<void> {
    try {
      const prepared = mapAhead(this.#waiting(), PREPARE_WIDTH, (job) => this.#prepare(job));
      const batches = chunk(present(prepared), BATCH);
      const embedded = mapAhead(batches, EMBED_WIDTH, (batch) => this.#embed(batch));
      for await (const batch of embedded) {
        if (this.#signal.aborted) return;
        await Promise.all(batch.map(([ready, output, i]) => this.#keep(ready, output, i)));
      }
    } catch (thrown) {
      if (!this.#signal.aborted) this.#gate.stop(toAkinError(thrown));
    }
  }

  /** The files that wait, in the order they came, read as they are needed. */
  async *#waiting(): AsyncGenerator<JobRow> {
    let after = 0;
    for (;;) {
      const rows = await this.#store.jobs.next(READ_JOBS, after);
      if (rows.length === 0) return;
      after = rows.at(-1)!.id;
      const begun = await this.#store.jobs.begin(rows.map((row) => row.id));
      for (const job of begun) {
        await this.#gate.pass(this.#signal);
        if (this.#signal.aborted) return;
        if (job.attempts <= MAX_ATTEMPTS) yield job;
        else await this.#fail(job.id, 'internal', 'Reading this file made Akin stop three times.');
      }
    }
  }

  async #prepare(job: JobRow): Promise<Ready | null> {
    if (this.#signal.aborted) return null;
    try {
      const original = await this.#clock.time('read', this.#store.jobs.original(job.id));
      const prepared = await this.#clock.time('prepare', prepare(original));
      this.#clock.add('decode', prepared.decodeMs);
      this.#clock.add('scale', prepared.scaleMs);
      this.#clock.add('thumb', prepared.thumbMs);
      return { job, prepared, thumb: await prepared.thumb.arrayBuffer() };
    } catch (thrown) {
      const { code, message } = toAkinError(thrown);
      if (code === 'not-found') this.#hooks.onDone(job.id, 'gone', 1);
      else if (OF_ONE_FILE.has(code)) await this.#fail(job.id, code, message);
      else this.#gate.stop(toAkinError(thrown));
      return null;
    }
  }

  /** One call of the nets; a photo that breaks it is found by giving them one at a time. */
  async #embed(batch: readonly Ready[]): Promise<(readonly [Ready, NetOutput, number])[]> {
    await this.#gate.pass(this.#signal);
    if (this.#signal.aborted) return [];
    try {
      const output = await this.#clock.time('embed', this.#callNets(batch));
      this.#clock.add('nets', output.netMs);
      this.#hooks.onPhotos();
      return batch.map((ready, i) => [ready, output, i] as const);
    } catch (thrown) {
      const error = toAkinError(thrown);
      const suspect = error.code === 'worker-died' || error.code === 'internal';
      if (suspect && batch.length > 1) {
        const alone = [];
        for (const ready of batch) alone.push(...(await this.#embed([ready])));
        return alone;
      }
      if (suspect) await this.#fail(batch[0]!.job.id, 'internal', unread(error));
      else if (!this.#signal.aborted) this.#gate.stop(error);
      return [];
    }
  }

  #callNets(batch: readonly Ready[]): Promise<NetOutput> {
    // Copied, not transferred: a photo whose batch fails is given to the nets again.
    return this.#nets.call('embed', [
      batch.map(({ prepared: { small, large } }) => ({ small, large })),
    ]);
  }

  async #keep({ job, prepared, thumb }: Ready, output: NetOutput, i: number): Promise<void> {
    const vector = output.vectors[i]!;
    const { spaceId } = output;
    const { width, height, thumbWidth, thumbHeight } = prepared;
    const request = { width, height, thumbWidth, thumbHeight, thumb, spaceId, vector };
    try {
      const kept = await this.#clock.time(
        'keep',
        this.#store.photos.keep({ id: job.id, ...request }),
      );
      if (kept === 'kept') this.#hooks.onVector({ id: job.id, spaceId, vector });
      this.#hooks.onDone(job.id, kept, width / height);
    } catch (thrown) {
      // The photo waits on in the store; nothing of it is lost.
      this.#gate.stop(toAkinError(thrown));
    }
  }

  async #fail(id: PhotoId, code: ErrorCode, message: string): Promise<void> {
    const there = await this.#store.jobs.fail(id, code, message);
    this.#hooks.onDone(id, there ? 'failed' : 'gone', 1);
  }
}

function unread(error: AkinError): string {
  return `Akin could not read this picture. Try again, or save it in another format. (${error.message})`;
}

async function* present<T>(stream: AsyncIterable<T | null>): AsyncGenerator<T> {
  for await (const item of stream) if (item !== null) yield item;
}
