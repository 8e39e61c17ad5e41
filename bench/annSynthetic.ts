/**
 * As `bench:ann`, on any number of seeded clustered vectors, without files.
 *
 *   npm run bench:ann-synthetic -- --n 1000000 --d 128 [the options of bench:ann]
 */
import { checkInteger } from '../src/base/checks.ts';
import { syntheticDataSet } from './ann/dataSet.ts';
import { readOptions, runBench, runMain } from './ann/run.ts';
import { nodeSimdKernels } from './nodeKernels.ts';

await runMain(async () => {
  const options = readOptions(process.argv.slice(2), ['n', 'd'], 'ip');
  const n = checkInteger('--n', Number(options.own.n ?? 100_000), 1, 1e8);
  const d = checkInteger('--d', Number(options.own.d ?? 128), 1, 65_536);
  const { seed, metric, maxQueries } = options;
  await runBench(syntheticDataSet({ n, d, m: maxQueries, seed, metric }, nodeSimdKernels), options);
});
