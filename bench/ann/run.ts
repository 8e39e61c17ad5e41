import { parseArgs } from 'node:util';
import type { IndexKind, IndexSpec, Kernels, Metric } from '../../src/ann/index.ts';
import { scalarKernels } from '../../src/ann/index.ts';
import { checkInteger } from '../../src/base/checks.ts';
import { AkinError } from '../../src/base/errors.ts';
import { printRow, say } from '../browser/rows.ts';
import { nodeSimdKernels } from '../nodeKernels.ts';
import { BareScan } from './bareScan.ts';
import { buildIndex } from './build.ts';
import type { BenchCase, SearchParams } from './cases.ts';
import { casesOf, KINDS } from './cases.ts';
import type { DataSet } from './dataSet.ts';
import type { TimingOptions } from './measure.ts';
import { bareScanRow, measureSearch } from './measure.ts';

/** Options of both benchmarks, with their help texts. */
const SHARED = {
  kinds: { type: 'string', default: KINDS.join(',') },
  k: { type: 'string', default: '10' },
  metric: { type: 'string' },
  backend: { type: 'string', default: 'simd' },
  seed: { type: 'string', default: '1' },
  queries: { type: 'string', default: '1000' },
  passes: { type: 'string', default: '5' },
  budget: { type: 'string', default: '3000' },
  sample: { type: 'string', default: '1000000' },
  spec: { type: 'string' },
  search: { type: 'string' },
} as const;

/** Validated command-line options of a benchmark. */
export interface BenchOptions {
  readonly cases: (d: number) => readonly BenchCase[];
  readonly metric: Metric;
  readonly makeKernels: () => Kernels;
  readonly seed: number;
  readonly maxQueries: number;
  readonly trainRows: number;
  readonly timing: TimingOptions;
  /** Options specific to this benchmark. */
  readonly own: Readonly<Record<string, string | undefined>>;
}

/**
 * Parses the command line.
 *
 * @param own names of further options, with their help texts
 * @throws `invalid-argument`
 */
export function readOptions(
  args: readonly string[],
  own: readonly string[],
  defaultMetric: Metric,
): BenchOptions {
  const options = { ...SHARED, ...Object.fromEntries(own.map((name) => [name, TEXT])) };
  const values = parse(args, options);
  const number = (name: keyof typeof SHARED, min: number, max: number) =>
    checkInteger(`--${name}`, Number(values[name]), min, max);
  const metric = choice('metric', values.metric ?? defaultMetric, ['ip', 'l2sq'] as const);
  const backend = choice('backend', values.backend!, ['scalar', 'simd'] as const);
  const kinds = values.kinds!.split(',').map((kind) => choice('kinds', kind, KINDS));
  return {
    cases: (d) => chosenCases(kinds, values.spec, values.search, d),
    metric,
    makeKernels: backend === 'simd' ? nodeSimdKernels : scalarKernels,
    seed: number('seed', 0, 0xffffffff),
    maxQueries: number('queries', 1, 1e6),
    trainRows: number('sample', 1, 1e8),
    timing: {
      k: number('k', 1, 1e6),
      passes: number('passes', 1, 1000),
      budgetMs: number('budget', 1, 1e6),
    },
    own: Object.fromEntries(own.map((name) => [name, values[name]])),
  };
}

/** Measures every case on the set: one JSON row each on standard output. */
export async function runBench(set: DataSet, options: BenchOptions): Promise<void> {
  say(`${set.name}: ${set.n} × ${set.d}, ${set.queries.length / set.d} queries, ${set.metric}`);
  const bare = new BareScan(nodeSimdKernels(), set);
  printRow(bareScanRow(set, bare));
  for (const { spec, searches } of options.cases(set.d)) {
    try {
      await measureCase(set, spec, searches, bare, options);
    } catch (error) {
      // Parameters that a set is too small for must not abort the remaining cases.
      if (!(error instanceof AkinError) || error.code !== 'invalid-argument') throw error;
      say(`  left out: ${error.message}`);
    }
  }
}

/**
 * Runs a benchmark's main function; an Akin error ends it with its code instead of a stack trace.
 */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof AkinError)) throw error;
    say(`${error.code}: ${error.message}`);
    process.exitCode = 1;
  }
}

const TEXT = { type: 'string' } as const;

async function measureCase(
  set: DataSet,
  spec: IndexSpec,
  searches: readonly SearchParams[],
  bare: BareScan,
  options: BenchOptions,
): Promise<void> {
  // A separate kernel instance, whose memory is freed with it: WebAssembly memory never shrinks.
  const built = await buildIndex(options.makeKernels(), set, spec, options.trainRows);
  for (const params of searches) {
    printRow(measureSearch(set, built, params, bare, options.timing));
  }
  built.index.dispose();
}

function chosenCases(
  kinds: readonly IndexKind[],
  spec: string | undefined,
  search: string | undefined,
  d: number,
): BenchCase[] {
  const searches =
    search === undefined ? undefined : (parseJson('search', search) as SearchParams[]);
  if (searches !== undefined && !Array.isArray(searches)) {
    throw new AkinError('invalid-argument', '--search is a list of search parameters');
  }
  const cases =
    spec === undefined
      ? kinds.flatMap((kind) => casesOf(kind, d))
      : // `resolveSpec` validates it.
        [{ spec: parseJson('spec', spec) as IndexSpec, searches: [{}] }];
  return cases.map((each) => (searches ? { ...each, searches } : each));
}

function parse(
  args: readonly string[],
  options: Record<string, { type: 'string'; default?: string }>,
): Record<string, string | undefined> {
  try {
    const { values } = parseArgs({ args: [...args], options });
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
  } catch (error) {
    throw new AkinError('invalid-argument', (error as Error).message, { cause: error });
  }
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AkinError('invalid-argument', `--${name} is not JSON: ${text}`, { cause: error });
  }
}

function choice<T extends string>(name: string, value: string, choices: readonly T[]): T {
  const chosen = choices.find((each) => each === value);
  if (chosen !== undefined) return chosen;
  throw new AkinError(
    'invalid-argument',
    `--${name} knows ${choices.join(', ')}, not ${JSON.stringify(value)}`,
  );
}
