import { parseArgs } from 'node:util';
import { AddAhead, clusteredUnitVectors, type TrainControl, trainIndex } from '../src/ann/index.ts';
import { createPrng } from '../src/base/prng.ts';
import { nodeSimdKernels } from './nodeKernels.ts';
import { nodeThreads } from './nodeThreads.ts';

// How long does IVF-PQ take to train and add vectors with one thread and with several, and are the
// bytes the same?

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '100000' },
    d: { type: 'string', default: '128' },
    nlist: { type: 'string', default: '1024' },
    threads: { type: 'string', default: '1,2' },
  },
});
const [n, d, nlist] = [values.n, values.d, values.nlist].map(Number) as [number, number, number];
const BLOCK = 2000;
const space = { spaceId: 'bench', metric: 'ip', d } as const;
const shared = new Float32Array(new SharedArrayBuffer(4 * n * d));
shared.set(clusteredUnitVectors({ d, centres: Math.ceil(n / 100) }, createPrng(1))(n));
const ids = Uint32Array.from({ length: n }, (_, row) => row + 1);

let first: Buffer | undefined;
for (const threads of values.threads.split(',').map(Number)) {
  const kernels = nodeSimdKernels();
  const pool = threads > 1 ? nodeThreads(kernels, threads - 1) : undefined;
  const control: TrainControl = {
    pause: () => new Promise((resolve) => setImmediate(resolve)),
    pool,
  };
  const cpu = process.cpuUsage();
  const start = performance.now();
  const builder = await trainIndex(kernels, space, { kind: 'ivfpq', nlist }, shared, control);
  const trained = performance.now();
  const ahead = new AddAhead(builder, control);
  for (let row = 0; row < n; row += BLOCK) {
    const end = Math.min(n, row + BLOCK);
    await ahead.add(ids.subarray(row, end), shared.subarray(row * d, end * d));
  }
  await ahead.finish();
  const added = performance.now();
  const index = builder.seal();
  const bytes = Buffer.from(index.serialize());
  const { user, system } = process.cpuUsage(cpu);
  first ??= bytes;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  console.log(
    `${threads} threads: training ${seconds(trained - start)}, adding ${seconds(added - trained)}, ` +
      `processor time ${seconds((user + system) / 1000)}, ` +
      `bytes ${bytes.equals(first) ? 'the same' : 'DIFFERENT'}`,
  );
  index.dispose();
  builder.dispose();
  pool?.dispose();
}
