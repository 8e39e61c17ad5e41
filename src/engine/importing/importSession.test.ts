import { expect, it } from 'vitest';
import type { ImportContract, ImportItem, StageReport } from '../../protocol/index.ts';
import type { WorkerClient } from '../../rpc/workerClient.ts';
import { ImportSession } from './importSession.ts';

const options = { onGivenUp: () => {}, verify: async () => {}, opened: async () => {} };
const soon = () => new Promise((resolve) => setTimeout(resolve));

/** Replaces the worker, which Node lacks, and counts files asynchronously like it. */
function worker() {
  const meter = { unstaged: 0, more: false };
  const surprises: string[] = [];
  const calls = {
    async announce(files: number, more: boolean) {
      meter.unstaged += files;
      meter.more = more;
      await soon();
    },
    async stage(files: readonly ImportItem[]): Promise<StageReport> {
      await soon();
      if (files.length > meter.unstaged) surprises.push(`${files.length} of ${meter.unstaged}`);
      meter.unstaged = Math.max(0, meter.unstaged - files.length);
      return {
        queued: [],
        waiting: [],
        duplicates: [],
        restored: [],
        failed: [],
        skipped: files.length,
        through: files.length,
      };
    },
    wake: async () => 0,
    settled: async () => {
      while (meter.unstaged > 0 || meter.more) await soon();
    },
    command: async () => {
      meter.unstaged = 0;
      meter.more = false;
    },
    outcomes: async () => ({ imported: [], failed: [] }),
  };
  const importer = {
    call: (method: keyof typeof calls, args: never[]) =>
      (calls[method] as (...all: never[]) => unknown)(...args),
  } as unknown as WorkerClient<ImportContract>;
  return { session: new ImportSession(importer, options), meter, surprises };
}

async function* folder(batches: number, size: number): AsyncGenerator<readonly ImportItem[]> {
  for (let i = 0; i < batches; i++) {
    if (i % 3 === 0) await soon();
    yield Array.from({ length: size }, (_, j) => ({ file: new File([], `${i} ${j}`) }));
  }
}

it('announces files before it stages them, while more keep arriving', async () => {
  const { session, meter, surprises } = worker();
  const report = await session.run(folder(200, 7));
  expect(surprises).toEqual([]);
  expect(report).toMatchObject({ skipped: 1400, cancelled: 0 });
  expect(meter.unstaged).toBe(0);
});

it('ends when several folders are imported at once and one is empty', async () => {
  const { session, meter, surprises } = worker();
  const reports = await Promise.all([
    session.run(folder(50, 3)),
    session.run(folder(0, 0)),
    session.run([{ file: new File([], 'one') }]),
    session.run(folder(5, 100)),
  ]);
  expect(reports.map(({ skipped }) => skipped)).toEqual([150, 0, 1, 500]);
  expect(surprises).toEqual([]);
  expect(meter.unstaged).toBe(0);
});

it('stops reading folders when canceled', async () => {
  const { session, meter } = worker();
  const running = session.run(folder(10_000, 2));
  for (let i = 0; i < 20; i++) await soon();
  await session.cancel();
  const { skipped, cancelled } = await running;
  expect(skipped + cancelled).toBeLessThan(20_000);
  expect(meter.unstaged).toBe(0);
});

it('hands over only the remaining files once a full disk has room', async () => {
  const taken: string[] = [];
  const announced: number[] = [];
  let room = 20;
  const importer = {
    call: async (method: string, args: unknown[]) => {
      if (method === 'announce') announced.push(args[0] as number);
      if (method === 'outcomes') return { imported: [], failed: [] };
      if (method !== 'stage') return undefined;
      const files = args[0] as { file: File }[];
      const fits = files.slice(0, room);
      room -= fits.length;
      for (const { file } of fits) taken.push(file.name);
      const none = {
        queued: [],
        waiting: [],
        duplicates: [],
        restored: [],
        failed: [],
        skipped: 0,
      };
      const stopped = { code: 'quota-exceeded', message: 'Full.' };
      const through = fits.length;
      return through < files.length ? { ...none, through, stopped } : { ...none, through };
    },
  } as unknown as WorkerClient<ImportContract>;
  const session = new ImportSession(importer, options);
  const files = Array.from({ length: 60 }, (_, i) => ({ file: new File([], `${i}`) }));
  await expect(session.run(files)).rejects.toMatchObject({ code: 'quota-exceeded' });
  await expect(session.resume()).rejects.toMatchObject({ code: 'quota-exceeded' });
  room = 60;
  await session.resume();
  expect(taken).toEqual(files.map(({ file }) => file.name));
  expect(announced).toEqual([60, 40, 40]);
});
