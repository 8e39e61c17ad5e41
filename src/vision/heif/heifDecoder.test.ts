import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type DecodedHeif, HeifDecoder, type HeifReply } from './heifDecoder.ts';

/** A scripted worker that records what it is sent and whether it is alive. */
class StagedWorker extends EventTarget {
  readonly sent: unknown[] = [];
  alive = true;
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
  terminate(): void {
    this.alive = false;
  }
  reply(data: HeifReply): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
  done(heapBytes = 0): void {
    this.reply({ state: 'done', picture, heapBytes });
  }
}

const picture = { width: 1, height: 1 } as DecodedHeif;
const request = { bytes: new Uint8Array(1), shortSide: 768 };
const MEGAPIXEL = 1e6;

let workers: StagedWorker[];
let decoder: HeifDecoder;

beforeEach(() => {
  vi.useFakeTimers();
  workers = [];
  decoder = new HeifDecoder({
    spawn: () => {
      const worker = new StagedWorker();
      workers.push(worker);
      return worker as unknown as Worker;
    },
    width: 2,
    loadMs: 1000,
    limitMs: (pixels) => 100 + pixels / MEGAPIXEL,
  });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('HeifDecoder', () => {
  it('decodes one file after another in the same worker', async () => {
    for (let i = 0; i < 3; i++) {
      const decoding = decoder.decode(request, MEGAPIXEL);
      workers[0]!.reply({ state: 'began' });
      workers[0]!.done();
      expect(await decoding).toBe(picture);
    }
    expect(workers).toHaveLength(1);
    expect(workers[0]!.sent).toHaveLength(3);
  });

  it('decodes files in parallel up to its limit, then the rest', async () => {
    const all = [1, 2, 3].map(() => decoder.decode(request, MEGAPIXEL));
    expect(workers).toHaveLength(2);
    workers[1]!.done();
    await all[1];
    expect(workers[1]!.sent).toHaveLength(2);
    workers[0]!.done();
    workers[1]!.done();
    await Promise.all(all);
  });

  it('decodes large pictures one at a time', async () => {
    const first = decoder.decode(request, 100 * MEGAPIXEL);
    const second = decoder.decode(request, 100 * MEGAPIXEL);
    expect(workers).toHaveLength(1);
    workers[0]!.done();
    await first;
    workers[0]!.done();
    await second;
  });

  it('terminates a hung worker and decodes the next file in a new one', async () => {
    const hanging = decoder.decode(request, 10 * MEGAPIXEL);
    workers[0]!.reply({ state: 'began' });
    const failed = expect(hanging).rejects.toMatchObject({ code: 'decoder-failed' });
    await vi.advanceTimersByTimeAsync(109);
    expect(workers[0]!.alive).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    await failed;
    expect(workers[0]!.alive).toBe(false);
    const next = decoder.decode(request, MEGAPIXEL);
    workers[1]!.done();
    expect(await next).toBe(picture);
  });

  it('reports decoder-missing if the library does not load', async () => {
    const failed = expect(decoder.decode(request, MEGAPIXEL)).rejects.toMatchObject({
      code: 'decoder-missing',
    });
    await vi.advanceTimersByTimeAsync(1000);
    await failed;
    expect(workers[0]!.alive).toBe(false);
  });

  it('keeps the worker after a damaged file, but not after a fatal error', async () => {
    const damaged = decoder.decode(request, MEGAPIXEL);
    workers[0]!.reply({
      state: 'failed',
      code: 'damaged-picture',
      message: 'The picture is damaged.',
      fatal: false,
    });
    await expect(damaged).rejects.toMatchObject({ code: 'damaged-picture' });
    const fatal = decoder.decode(request, MEGAPIXEL);
    expect(workers).toHaveLength(1);
    workers[0]!.reply({ state: 'failed', code: 'decoder-failed', message: 'Broken.', fatal: true });
    await expect(fatal).rejects.toMatchObject({ code: 'decoder-failed', message: 'Broken.' });
    expect(workers[0]!.alive).toBe(false);
  });

  it('fails a file whose worker crashes', async () => {
    const broken = decoder.decode(request, MEGAPIXEL);
    workers[0]!.dispatchEvent(new Event('error'));
    await expect(broken).rejects.toMatchObject({ code: 'decoder-failed' });
    expect(workers[0]!.alive).toBe(false);
  });

  it('terminates a worker with a large heap to free its memory', async () => {
    const large = decoder.decode(request, MEGAPIXEL);
    workers[0]!.done(2 ** 30);
    expect(await large).toBe(picture);
    expect(workers[0]!.alive).toBe(false);
  });

  it('aborts canceled files at once, started or not', async () => {
    const cancelling = new AbortController();
    const all = [1, 2, 3].map(() => decoder.decode(request, MEGAPIXEL, cancelling.signal));
    const codes = Promise.allSettled(all);
    cancelling.abort();
    expect(await codes).toMatchObject(
      all.map(() => ({ status: 'rejected', reason: { code: 'aborted' } })),
    );
    expect(workers.map(({ alive }) => alive)).toEqual([false, false]);
    await expect(decoder.decode(request, MEGAPIXEL, cancelling.signal)).rejects.toMatchObject({
      code: 'aborted',
    });
  });

  it('terminates idle workers after a while', async () => {
    const decoding = decoder.decode(request, MEGAPIXEL);
    workers[0]!.done();
    await decoding;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(workers[0]!.alive).toBe(false);
  });
});
