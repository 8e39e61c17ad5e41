/**
 * What does each index type cost, and what recall does it reach, on your own vectors?
 *
 *   npm run bench:ann -- --base B.fvecs [--query Q.fvecs --gt G.ivecs | --split 0.2 --seed 1]
 *     [--kinds flat,ivf,pq,opq,ivfpq,lopq] [--k 10] [--metric l2sq|ip] [--backend simd|scalar]
 *     [--queries 1000] [--passes 5] [--budget 3000] [--sample 1000000]
 *     [--spec '{"kind":"ivfpq","M":16}'] [--search '[{"nprobe":8,"rerank":50}]']
 *
 * Prints one JSON row per case; docs/ann.md describes the fields. Without `--gt`, computes the
 * ground truth. `--queries` limits the number of queries, `--passes` is how often each is timed,
 * `--budget` the milliseconds after which no further pass starts, `--sample` limits the training
 * vectors; `--spec` and `--search` replace the built-in parameters.
 */
import { AkinError } from '../src/base/errors.ts';
import { openDataSet } from './ann/dataSet.ts';
import { readOptions, runBench, runMain } from './ann/run.ts';
import { nodeSimdKernels } from './nodeKernels.ts';

await runMain(async () => {
  const options = readOptions(process.argv.slice(2), ['base', 'query', 'gt', 'split'], 'l2sq');
  const { base, query, gt, split } = options.own;
  if (base === undefined) throw new AkinError('invalid-argument', '--base names an .fvecs file');
  const set = openDataSet(
    { ...options, base, query, gt, split: Number(split ?? 0.2) },
    nodeSimdKernels,
  );
  await runBench(set, options);
});
