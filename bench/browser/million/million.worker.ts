import { clusteredUnitVectors, recall } from '../../../src/ann/index.ts';
import { AkinError } from '../../../src/base/errors.ts';
import { createPrng } from '../../../src/base/prng.ts';
import type { IndexWork } from '../../../src/protocol/index.ts';
import { expose } from '../../../src/rpc/serve.ts';
import { openStore } from '../../../src/store/index.ts';
import { type OpenedIndex, openIndex } from '../../../src/workers/indexing/openIndex.ts';
import { withIndexLock } from '../../../src/workers/shared/indexLock.ts';
import { loadKernels } from '../../../src/workers/shared/kernels.ts';
import { createTrainer } from '../../../src/workers/training/trainer.ts';
import { quantile } from '../rows.ts';
import type { MillionContract } from './contract.ts';

const DATABASE = 'akin-million';
/** Vectors written per transaction. */
const PART = 5_000;
const K = 10;

const spaceOf = (d: number) => ({ id: `synthetic/${d}`, d, metric: 'ip' as const });

let opened: OpenedIndex | null = null;

/**
 * Opens the index as the app's own worker does: the same store, maintainer, trainer and kernels.
 */
async function openAll(d: number, report: (work: IndexWork) => void): Promise<OpenedIndex> {
  opened = await openIndex({
    store: await openStore({ name: DATABASE }),
    space: spaceOf(d),
    kernels: loadKernels,
    trainer: createTrainer(DATABASE),
    withIndexLock,
    report,
  });
  return opened;
}

function current(): OpenedIndex {
  if (!opened) throw new AkinError('invalid-argument', 'open comes first');
  return opened;
}

async function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(DATABASE);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

async function writeVectors({ n, d, seed }: { n: number; d: number; seed: number }): Promise<void> {
  const centres = Math.max(1, Math.floor(n / 500));
  const draw = clusteredUnitVectors({ d, centres }, createPrng(seed));
  const { id: space } = spaceOf(d);
  const target = await database();
  for (let from = 0; from < n; from += PART) {
    const count = Math.min(PART, n - from);
    const vectors = draw(count);
    const tx = target.transaction('vectors', 'readwrite', { durability: 'relaxed' });
    const ended = new Promise<void>((resolve, reject) => {
      tx.oncomplete = () => resolve();
      tx.onabort = () => reject(tx.error);
    });
    for (let i = 0; i < count; i++) {
      const vector = vectors.slice(i * d, (i + 1) * d).buffer;
      tx.objectStore('vectors').put(vector, [space, from + i + 1]);
    }
    await ended;
  }
  target.close();
}

expose<MillionContract>({
  async fill(_signal, job) {
    (await openStore({ name: DATABASE })).close();
    const from = performance.now();
    await writeVectors(job);
    return performance.now() - from;
  },
  async build(_signal, d) {
    const moments: { readonly stage: string; readonly at: number }[] = [];
    let end: (work: IndexWork) => void = () => {};
    const ended = new Promise<IndexWork>((resolve) => {
      end = resolve;
    });
    const { index, maintainer } = await openAll(d, (work) => {
      const stage = work.state === 'building' ? work.stage : work.state;
      if (moments.at(-1)?.stage !== stage) moments.push({ stage, at: performance.now() });
      if (work.state !== 'building') end(work);
    });
    // None of the filled vectors is sealed: the index counts as lost, and is rebuilt from the
    // vectors.
    await index.verify();
    void maintainer.maintain({ quiet: true });
    const last = await ended;
    if (last.state === 'failed') throw new AkinError('internal', last.message);
    const msByStage = Object.fromEntries(
      moments.slice(1).map(({ at }, i) => [moments[i]!.stage, at - moments[i]!.at]),
    );
    return { buildMs: moments.at(-1)!.at - moments[0]!.at, msByStage, warnings: index.rebuilt };
  },
  async open(_signal, d) {
    const from = performance.now();
    const { index } = await openAll(d, () => {});
    const openMs = performance.now() - from;
    const query = await index.vectorOf(1);
    const found = query && index.nearest(query, K, 1);
    if (found?.hits.length !== K) throw new AkinError('internal', 'nothing was found');
    const firstAnswerMs = performance.now();
    const store = await openStore({ name: DATABASE });
    await store.indexes.load(spaceOf(d), { count: false });
    store.close();
    return { firstAnswerMs, openMs, readMs: performance.now() - firstAnswerMs };
  },
  async search(signal, queries) {
    const { index, trainer } = current();
    const ids = index.liveIds();
    const truth = await trainer.truth({ space: index.space, ids, queries, k: K }, signal);
    const { d } = index.space;
    const times: number[] = [];
    let found = 0;
    let codes = 0;
    for (const [i, id] of truth.queryIds.entries()) {
      const query = truth.queries.slice(i * d, (i + 1) * d);
      const from = performance.now();
      const { hits, codesScanned } = index.nearest(query, K, id);
      times.push(performance.now() - from);
      codes += codesScanned;
      found += recall(
        truth.neighbours.subarray(i * K, (i + 1) * K),
        hits.map((hit) => hit.id),
      );
    }
    const vector = truth.queries.slice(0, d);
    const added = 0xfffffff0;
    const from = performance.now();
    index.add({ id: added, spaceId: index.space.id, vector });
    const addMs = performance.now() - from;
    if (index.nearest(vector, 1, truth.queryIds[0]!).hits[0]?.id !== added) {
      throw new AkinError('internal', 'what was just added was not found');
    }
    index.hide([added]);
    const [sealed] = index.segments();
    return {
      spec: sealed?.spec,
      recall10: found / queries,
      msPerQuery: quantile(times, 0.5),
      p99Ms: quantile(times, 0.99),
      codesScanned: codes / queries,
      addMs,
      bytes: (sealed?.bytes ?? 0) - (sealed?.rerankBytes ?? 0),
      rerankBytes: sealed?.rerankBytes ?? 0,
      exactBytes: sealed?.sourceBytes ?? 0,
    };
  },
});
