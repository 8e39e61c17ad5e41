import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { installHeifEnc } from './heifEnc.ts';

/**
 * Everything that must hold, in the order in which it is cheapest to learn that it does not. The
 * last line counts: each check as one, and each test of the two runners.
 */
interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** Reads how many tests passed, failed and were skipped; a step without it counts as one. */
  readonly count?: () => Counts;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const UNIT_REPORT = 'test-results/unit.json';
const E2E_REPORT = 'test-results/e2e.json';

const steps: readonly Step[] = [
  { name: 'models', command: ['npm', 'run', '-s', 'models'] },
  { name: 'samples', command: ['npm', 'run', '-s', 'samples'] },
  { name: 'kernels', command: ['npm', 'run', '-s', 'kernels'] },
  { name: 'format, lint and import rules', command: ['npx', 'biome', 'ci'] },
  { name: 'types', command: ['npx', 'tsc', '-b'] },
  {
    name: 'unit tests',
    command: [
      'npx',
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile=${UNIT_REPORT}`,
    ],
    count: unitCounts,
  },
  { name: 'build', command: ['npx', 'vite', 'build'] },
  { name: 'size budget', command: ['npx', 'tsx', 'scripts/size.ts'] },
  { name: 'browser engines', command: ['npx', 'tsx', 'scripts/findEngines.ts'] },
  { name: 'end to end', command: ['npx', 'playwright', 'test'], count: e2eCounts },
];

function readReport<T>(path: string): T | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null;
}

function unitCounts(): Counts {
  const report = readReport<Record<string, number>>(UNIT_REPORT);
  return {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
}

function e2eCounts(): Counts {
  const stats = readReport<{ stats: Record<string, number> }>(E2E_REPORT)?.stats;
  return {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 0,
    skipped: stats?.skipped ?? 0,
  };
}

installHeifEnc();
rmSync('test-results', { recursive: true, force: true });
let passed = 0;
let failed = 0;
let skipped = 0;
for (const { name, command, count } of steps) {
  console.log(`\n== ${name}`);
  const [program, ...args] = command;
  const ok = spawnSync(program!, args, { stdio: 'inherit' }).status === 0;
  const counts = count?.() ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  passed += counts.passed;
  skipped += counts.skipped;
  // A runner that fails without a failed test, or runs none, has failed all the same.
  failed += Math.max(counts.failed, ok && counts.passed > 0 ? 0 : 1);
  if (!ok) break; /* what follows would only fail for the same reason */
}
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
