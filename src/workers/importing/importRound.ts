import {
  AkinError,
  type ErrorCode,
  type ErrorReport,
  errorReport,
  toAkinError,
} from '../../base/errors.ts';
import { OF_THE_FILE } from '../../base/fileFailures.ts';
import type { PhotoDate, VectorMessage } from '../../protocol/index.ts';
import {
  encodeClasses,
  encodeRegions,
  type JobRow,
  type Kept,
  type KeptFaces,
  type Store,
} from '../../store/index.ts';
import { prepare as prepareInBrowser } from '../../vision/decoding/prepare.ts';
import { DATE_READER } from '../dates/dateOf.ts';
import { withFaceWrite } from '../faces/faceLock.ts';
import { foundFaces } from '../faces/foundFaces.ts';
import { chunk, mapAhead, present } from '../shared/pipeline.ts';
import { BatchEmbedder, type Embedded, type Nets, type Ready } from './batchEmbedder.ts';
import type { ImportGate } from './importGate.ts';
import type { StageClock } from './stageClock.ts';

/**
 * Photos decoded ahead, beyond the number of inference workers: enough to keep these busy, few
 * enough for memory.
 */
const DECODED_AHEAD = 2;
/** Photos per inference call. */
const BATCH = 4;
/** Jobs read from the store at a time. */
const READ_JOBS = 16;
/** A file whose decoding started this often without finishing crashes the tab. */
const MAX_ATTEMPTS = 3;
/** Consecutive crashes of the inference worker after which the photos are not to blame. */
const MAX_NETS_DEATHS = 3;

/**
 * Failures of a single file; any other ends the round. If a decoder can't be loaded, the photos
 * that don't need it can still be imported.
 */
const OF_ONE_FILE: ReadonlySet<ErrorCode> = new Set([
  ...OF_THE_FILE,
  'decoder-missing',
  'bad-vector',
  'internal',
]);

export interface RoundHooks {
  /** Called when a file is done; `aspect` is width / height of an imported photo. */
  readonly onDone: (photo: PhotoDate, how: Kept | 'failed', aspect: number) => void;
  /** Called when the models are loaded and photos are being processed. */
  readonly onPhotos: () => void;
  /** Called with an imported photo's vector, for the index. */
  readonly onVector: (message: VectorMessage) => void;
  readonly onFaces: (faces: KeptFaces) => void;
}

export interface RoundOptions {
  readonly store: Store;
  readonly nets: Nets;
  readonly gate: ImportGate;
  readonly clock: StageClock;
  readonly hooks: RoundHooks;
  /** Whether to detect faces in the same pass. */
  readonly faces: boolean;
  /** Whether that still applies, checked before any face is stored. */
  readonly looksForFaces: () => Promise<boolean>;
  /** Decodes and scales a photo. The default needs a browser; tests supply their own. */
  readonly prepare?: typeof prepareInBrowser | undefined;
}

/** Processes waiting files until none are left or the gate ends the round. */
export class ImportRound {
  readonly #store: Store;
  readonly #nets: Nets;
  readonly #embedder: BatchEmbedder;
  readonly #gate: ImportGate;
  readonly #clock: StageClock;
  readonly #hooks: RoundHooks;
  readonly #signal: AbortSignal;
  readonly #faces: boolean;
  readonly #looksForFaces: () => Promise<boolean>;
  readonly #prepareFile: typeof prepareInBrowser;
  #done = 0;
  #netsDeaths = 0;
  /** Tries suspects one at a time, so none is blamed for another's crash. */
  #suspects: Promise<unknown> = Promise.resolve();

  constructor(options: RoundOptions) {
    const { store, nets, gate, clock, hooks, faces, looksForFaces, prepare } = options;
    this.#faces = faces;
    this.#looksForFaces = looksForFaces;
    this.#prepareFile = prepare ?? prepareInBrowser;
    this.#store = store;
    this.#nets = nets;
    this.#embedder = new BatchEmbedder(nets, clock);
    this.#gate = gate;
    this.#clock = clock;
    this.#hooks = hooks;
    this.#signal = gate.signal;
  }

  /** Never rejects: errors stop the gate. */
  async run(): Promise<void> {
    try {
      const prepared = mapAhead(
        this.#waiting(),
        () => DECODED_AHEAD + this.#embedder.width,
        (job) => this.#prepare(job),
      );
      const batches = chunk(present(prepared), BATCH);
      // One call more than compute in parallel, so its transfer overlaps with them.
      const width = () => this.#embedder.width + 1;
      const embedded = mapAhead(batches, width, (batch) => this.#embed(batch));
      for await (const batch of embedded) {
        if (this.#signal.aborted) break;
        await Promise.all(batch.map((embedded) => this.#keep(embedded)));
      }
    } catch (thrown) {
      if (!this.#signal.aborted) this.#gate.stop(toAkinError(thrown));
    }
    if (this.#done === 0 && !this.#signal.aborted) this.#gate.stop(stuck());
  }

  /** The waiting files in order of arrival, read lazily. */
  async *#waiting(): AsyncGenerator<JobRow> {
    let after = 0;
    for (;;) {
      const rows = await this.#store.jobs.next(READ_JOBS, after);
      if (rows.length === 0) return;
      after = rows.at(-1)!.id;
      for (const job of rows) {
        await this.#gate.pass(this.#signal);
        if (this.#signal.aborted) return;
        yield job;
      }
    }
  }

  /** Decodes a photo. A file whose decoding started before without finishing is decoded alone. */
  #prepare(job: JobRow): Promise<Ready | null> {
    if (job.attempts === 0) return this.#decode(job);
    return this.#alone(() => this.#decode(job));
  }

  async #decode(job: JobRow): Promise<Ready | null> {
    if (this.#signal.aborted) return null;
    const { jobs } = this.#store;
    try {
      const [begun] = await jobs.begin([job.id]);
      if (!begun) return this.#end(job, 'gone');
      if (begun.attempts > MAX_ATTEMPTS) {
        return await this.#fail(job, CRASHED);
      }
      const model = await this.#nets.model();
      const original = await this.#clock.time('read', jobs.original(job.id));
      const prepared = await this.#clock.time(
        'prepare',
        this.#prepareFile(original, undefined, {
          faces: this.#faces,
          signal: this.#signal,
          inputs: model.inputs,
        }),
      );
      this.#clock.add('decode', prepared.decodeMs);
      this.#clock.add('scale', prepared.scaleMs);
      this.#clock.add('thumb', prepared.thumbMs);
      const thumb = await prepared.thumb.arrayBuffer();
      // Decoding finished: a later crash is not this file's fault.
      await jobs.release([job.id]);
      return { job, model, prepared, thumb };
    } catch (thrown) {
      const error = errorReport(thrown);
      if (error.code === 'not-found') return await this.#fail(job, NOT_STORED);
      if (OF_ONE_FILE.has(error.code)) return await this.#fail(job, error);
      await jobs.release([job.id]).catch(() => {});
      // Cancelled during decoding: the next round must not be stopped by it.
      if (!this.#signal.aborted) this.#gate.stop(toAkinError(thrown));
      return null;
    }
  }

  /** Runs one inference call; if it fails, retries its photos one at a time to find the culprit. */
  async #embed(batch: readonly Ready[]): Promise<Embedded[]> {
    await this.#gate.pass(this.#signal);
    if (this.#signal.aborted) return [];
    try {
      return await this.#callNets(batch);
    } catch (thrown) {
      const error = toAkinError(thrown);
      if (error.code !== 'worker-died' && error.code !== 'internal') {
        if (!this.#signal.aborted) this.#gate.stop(error);
        return [];
      }
      const embedded: Embedded[] = [];
      for (const ready of batch) {
        embedded.push(...(await this.#alone(() => this.#embedSuspect(ready))));
      }
      return embedded;
    }
  }

  async #embedSuspect(ready: Ready): Promise<Embedded[]> {
    if (this.#signal.aborted) return [];
    try {
      return await this.#callNets([ready]);
    } catch (thrown) {
      const error = toAkinError(thrown);
      if (error.code === 'worker-died' && ++this.#netsDeaths >= MAX_NETS_DEATHS) {
        this.#gate.stop(error);
      } else if (error.code === 'worker-died' || error.code === 'internal') {
        await this.#fail(ready.job, unread(error));
      } else if (!this.#signal.aborted) {
        this.#gate.stop(error);
      }
      return [];
    }
  }

  #callNets(batch: readonly Ready[]): Promise<Embedded[]> {
    return this.#embedder.embed(batch, () => {
      this.#netsDeaths = 0;
      this.#hooks.onPhotos();
    });
  }

  async #keep({
    ready,
    spaceId,
    vector,
    regions,
    classes,
    faces: output,
  }: Embedded): Promise<void> {
    const { job, prepared, thumb } = ready;
    const { width, height, thumbWidth, thumbHeight, endMissing, backdrop } = prepared;
    const looks = { width, height, thumbWidth, thumbHeight, endMissing, backdrop };
    const request = {
      ...looks,
      thumb,
      spaceId,
      vector,
      regions: regions ? encodeRegions(regions) : undefined,
      classes: classes ? encodeClasses(classes) : undefined,
      colors: prepared.colors,
      dateReader: DATE_READER,
    };
    const keep = async () => {
      const wanted = output && job.hash !== undefined && (await this.#looksForFaces());
      const faces = wanted ? foundFaces(job.hash, output) : undefined;
      return this.#store.photos.keepWithFaces({ id: job.id, ...request, faces });
    };
    try {
      const { outcome, faces: kept } = await this.#clock.time(
        'keep',
        output ? withFaceWrite(keep) : keep(),
      );
      this.#end(job, outcome, width / height);
      if (outcome === 'imported') this.#hooks.onVector({ id: job.id, spaceId, vector });
      if (kept) this.#hooks.onFaces(kept);
    } catch (thrown) {
      const error = toAkinError(thrown);
      if (OF_ONE_FILE.has(error.code)) await this.#fail(job, errorReport(error));
      // The photo stays in the store and keeps waiting; nothing is lost.
      else this.#gate.stop(error);
    }
  }

  async #fail(job: JobRow, error: ErrorReport): Promise<null> {
    const there = await this.#store.jobs.fail(job.id, error);
    return this.#end(job, there ? 'failed' : 'gone');
  }

  #end(job: JobRow, how: Kept | 'failed', aspect = 1): null {
    this.#done++;
    // Files of a cancelled round are no longer counted.
    if (how === 'imported' || !this.#signal.aborted) this.#hooks.onDone(job, how, aspect);
    return null;
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#suspects.then(work);
    this.#suspects = turn.catch(() => {}); /* reported to its caller; only its end matters here */
    return turn;
  }
}

/** Rows no round can finish would be retried forever. */
function stuck(): AkinError {
  return new AkinError(
    'storage-failed',
    'Files that wait to be read can’t be found in the browser’s storage. Cancel, and drop them again.',
    { details: { reason: 'waiting' } },
  );
}

function unread({ message }: AkinError): ErrorReport {
  return {
    code: 'internal',
    message: `Akin could not read this picture. (${message})`,
    details: { reason: 'picture' },
  };
}

/** Processing started repeatedly and never finished. */
const CRASHED: ErrorReport = {
  code: 'internal',
  message: 'Reading this file made Akin stop three times.',
  details: { reason: 'crashed' },
};

/** Its bytes, stored when it arrived, are missing from the store. */
const NOT_STORED: ErrorReport = {
  code: 'unreadable-file',
  message: 'Akin does not have this file any more.',
  details: { reason: 'gone' },
};
