import { expect, it } from 'vitest';
import { AkinError } from '../../base/errors.ts';
import type { ImportContract, ImportFile } from '../../protocol/index.ts';
import type { WorkerClient } from '../../rpc/workerClient.ts';
import { ImportSession } from './importSession.ts';

/** Consecutive libraries; the first is deleted after a given number of staged batches. */
class Libraries {
  staged: string[][] = [[]];
  readonly #goesAfter: number;
  #batches = 0;
  /** Whether the library disappears, and its worker dies, as soon as files are announced. */
  diesAtAnnounce = false;
  /** Called when the library disappears, before the call fails. */
  onLost = () => {};

  constructor(goesAfter: number) {
    this.#goesAfter = goesAfter;
  }

  get now(): string[] {
    return this.staged.at(-1)!;
  }

  readonly importer = {
    call: async (method: string, args: unknown[]) => {
      if (method === 'stage') {
        if (this.staged.length === 1 && this.#batches++ >= this.#goesAfter) {
          throw new AkinError('storage-failed', 'The browser broke off a change.');
        }
        const files = args[0] as ImportFile[];
        this.now.push(...files.map(({ file }) => file.name));
        const queued = files.map((_, i) => this.now.length - files.length + i + 1);
        const none = { waiting: [], duplicates: [], restored: [], failed: [], skipped: 0 };
        return { ...none, queued, through: files.length };
      }
      if (method === 'announce' && this.diesAtAnnounce) {
        this.diesAtAnnounce = false;
        this.staged.push([]);
        this.onLost();
        throw new AkinError('worker-died', 'Akin’s import stopped working.');
      }
      if (method === 'outcomes') return { imported: args[0], failed: [] };
      return undefined;
    },
  } as unknown as WorkerClient<ImportContract>;
}

const files = (count: number): ImportFile[] =>
  Array.from({ length: count }, (_, i) => ({ file: new File(['x'], `${i}.jpg`) }));

function begin(libraries: Libraries, isGone: boolean): ImportSession {
  const session = new ImportSession(libraries.importer, {
    onGivenUp: () => {},
    verify: async () => {
      if (!isGone || libraries.staged.length > 1) return;
      libraries.staged.push([]);
      session.lost();
    },
    opened: async () => {},
  });
  return session;
}

it('starts over with all of its files when the library is deleted', async () => {
  const libraries = new Libraries(2);
  const session = begin(libraries, true);
  const running = session.run(files(200));
  expect(session.holding).toBe(200);
  const report = await running;
  expect(libraries.staged[0]).toHaveLength(128);
  expect(libraries.now).toHaveLength(200);
  expect(report).toMatchObject({ duplicates: [], failed: [], cancelled: 0 });
  expect(report.imported).toHaveLength(200);
  expect(session.holding).toBe(0);
  await session.idle();
});

it('fails if the library still exists, and holds on to its files', async () => {
  const libraries = new Libraries(1);
  const session = begin(libraries, false);
  await expect(session.run(files(100))).rejects.toMatchObject({ code: 'storage-failed' });
  expect(session.holding).toBe(100);
});

it('hands files over once if the library is deleted before any is stored', async () => {
  const libraries = new Libraries(1_000);
  libraries.diesAtAnnounce = true;
  const session = begin(libraries, false);
  libraries.onLost = () => session.lost();
  const report = await session.run(files(8));
  expect(libraries.staged).toEqual([[], files(8).map(({ file }) => file.name)]);
  expect(report.imported).toHaveLength(8);
});
