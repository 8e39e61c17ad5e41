import { AkinError, type ErrorReport } from '../../base/errors.ts';
import { MAX_PIXELS } from '../headers/inspect.ts';

/** A file to decode, as sent to the worker. */
export interface HeifRequest {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly shortSide: number;
}

/** Messages of the worker: the library is loaded and decoding begins, or the result. */
export type HeifReply =
  | { readonly state: 'began' }
  | {
      readonly state: 'done';
      readonly picture: DecodedHeif;
      /** The size of the library's memory, which never shrinks. */
      readonly heapBytes: number;
    }
  | ({
      readonly state: 'failed';
      /** Whether the library must not be used any more. */
      readonly fatal: boolean;
    } & ErrorReport);

/** `bitmap` is oriented and in sRGB; `width` and `height` are those before scaling. */
export interface DecodedHeif {
  readonly bitmap: ImageBitmap;
  readonly width: number;
  readonly height: number;
}

export interface HeifDecoderOptions {
  readonly spawn: () => Worker;
  /** Files decoded at once, each in its own worker. */
  readonly width: number;
  /**
   * Time limits in milliseconds: to load the library, and to decode a picture of a number of
   * pixels.
   */
  readonly loadMs: number;
  readonly limitMs: (pixels: number) => number;
}

interface Job extends HeifRequest {
  readonly pixels: number;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (picture: DecodedHeif) => void;
  readonly reject: (error: AkinError) => void;
}

/** A worker whose memory exceeds this is stopped, the only way to free it. */
const MOST_KEPT_BYTES = 256 * 2 ** 20;
/** Idle workers are stopped after this many milliseconds. */
const IDLE_MS = 30_000;

/**
 * Decodes HEIC pictures in workers that contain any harm from a file: one that hangs, exhausts
 * memory or breaks the library costs only its worker, and the next file gets another.
 */
export class HeifDecoder {
  readonly #options: HeifDecoderOptions;
  readonly #waiting: Job[] = [];
  readonly #busy = new Map<Worker, Job>();
  readonly #idle: Worker[] = [];
  #idleTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: HeifDecoderOptions) {
    this.#options = options;
  }

  /**
   * @param pixels as declared by the file: large pictures are decoded one at a time
   * @param signal cancels this file, started or not
   * @throws AkinError `aborted`, `decoder-failed`, `decoder-missing`, and as `decodeHeif`
   */
  decode(request: HeifRequest, pixels: number, signal?: AbortSignal): Promise<DecodedHeif> {
    // One signal serves a whole import: remove its listener after each file.
    const settled = new AbortController();
    return new Promise<DecodedHeif>((resolve, reject) => {
      const job: Job = { ...request, pixels, signal, resolve, reject };
      this.#waiting.push(job);
      signal?.addEventListener('abort', () => this.#giveUp(job), { signal: settled.signal });
      this.#next();
    }).finally(() => settled.abort());
  }

  /** Removes a queued file. */
  #giveUp(job: Job): void {
    const at = this.#waiting.indexOf(job);
    if (at < 0) return;
    this.#waiting.splice(at, 1);
    job.reject(aborted());
  }

  #next(): void {
    for (let job = this.#waiting[0]; job; job = this.#waiting[0]) {
      if (job.signal?.aborted) {
        this.#giveUp(job);
        continue;
      }
      if (this.#busy.size >= this.#options.width) break;
      let pixels = job.pixels;
      for (const { pixels: others } of this.#busy.values()) pixels += others;
      if (this.#busy.size > 0 && pixels > MAX_PIXELS) break;
      this.#waiting.shift();
      this.#run(this.#idle.pop() ?? this.#options.spawn(), job);
    }
    clearTimeout(this.#idleTimer);
    if (this.#busy.size === 0) this.#idleTimer = setTimeout(() => this.#letGo(), IDLE_MS);
  }

  #letGo(): void {
    for (const worker of this.#idle.splice(0)) worker.terminate();
  }

  #run(worker: Worker, job: Job): void {
    const { loadMs, limitMs } = this.#options;
    this.#busy.set(worker, job);
    const listening = new AbortController();
    const end = (keep: boolean) => {
      clearTimeout(timer);
      listening.abort();
      this.#busy.delete(worker);
      if (keep) this.#idle.push(worker);
      else worker.terminate();
      this.#next();
    };
    const fail = (error: AkinError, keep = false) => {
      end(keep);
      job.reject(error);
    };
    let timer = setTimeout(() => fail(notLoaded()), loadMs);
    const hear = ({ data: reply }: MessageEvent<HeifReply>) => {
      if (reply.state === 'began') {
        clearTimeout(timer);
        const most = limitMs(job.pixels);
        timer = setTimeout(() => fail(tookTooLong(most)), most);
      } else if (reply.state === 'done') {
        end(reply.heapBytes <= MOST_KEPT_BYTES);
        job.resolve(reply.picture);
      } else {
        fail(new AkinError(reply.code, reply.message), !reply.fatal);
      }
    };
    const { signal } = listening;
    worker.addEventListener('message', hear, { signal });
    worker.addEventListener('error', () => fail(stopped()), { signal });
    worker.addEventListener('messageerror', () => fail(stopped()), { signal });
    job.signal?.addEventListener('abort', () => fail(aborted()), { signal });
    const { bytes, shortSide } = job;
    worker.postMessage({ bytes, shortSide } satisfies HeifRequest);
  }
}

function aborted(): AkinError {
  return new AkinError('aborted', 'Stopped.');
}

function tookTooLong(ms: number): AkinError {
  const seconds = Math.round(ms / 1000);
  return new AkinError(
    'decoder-failed',
    `Akin stopped decoding this picture after ${seconds} seconds. It may be damaged.`,
    { details: { reason: 'slow', seconds } },
  );
}

export function stopped(): AkinError {
  return new AkinError('decoder-failed', 'This picture broke its decoder. It may be damaged.');
}

function notLoaded(): AkinError {
  return new AkinError(
    'decoder-missing',
    'Akin’s HEIC decoder could not be loaded: there was no answer. Check the connection and try again.',
  );
}
