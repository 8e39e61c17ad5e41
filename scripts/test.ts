import { rmSync } from 'node:fs';
import { installHeifEnc } from './heifEnc.ts';
import { type Counts, e2eCounts, flakyTests, UNIT_REPORT, unitCounts } from './testing/reports.ts';
import { runSteps, type Step } from './testing/runSteps.ts';

/**
 * All checks, cheapest failure first. The last line counts each check as one, and each test of the
 * two runners.
 */
interface Check extends Step {
  /** Reads the number of passed, failed and skipped tests; a step without it counts as one. */
  readonly count?: () => Counts;
}

const made = ['models', 'samples', 'kernels'];
const checked = ['format, lint and import rules', 'types'];

const steps: readonly Check[] = [
  { name: 'models', command: ['npm', 'run', '-s', 'models'] },
  { name: 'samples', command: ['npm', 'run', '-s', 'samples'] },
  { name: 'kernels', command: ['npm', 'run', '-s', 'kernels'] },
  { name: 'format, lint and import rules', command: ['npx', 'biome', 'ci'] },
  { name: 'types', command: ['npx', 'tsc', '-b'], after: ['kernels'] },
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
    after: [...made, ...checked],
    count: unitCounts,
  },
  { name: 'build', command: ['npx', 'vite', 'build'], after: [...made, ...checked] },
  { name: 'size budget', command: ['npx', 'tsx', 'scripts/size.ts'], after: ['build'] },
  // With CI set they are installed, which takes time but no CPU.
  { name: 'browser engines', command: ['npx', 'tsx', 'scripts/findEngines.ts'] },
  {
    name: 'end to end',
    command: ['npx', 'playwright', 'test'],
    after: ['unit tests', 'size budget', 'browser engines'],
    count: e2eCounts,
  },
];

installHeifEnc();
rmSync('test-results', { recursive: true, force: true });
let passed = 0;
let failed = 0;
let skipped = 0;
const print = (text: string | Uint8Array) => process.stdout.write(text);
// Immediately: Playwright empties the folder with the unit tests' report.
await runSteps(steps, print, ({ count }, ok) => {
  const counts = count?.() ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 };
  passed += counts.passed;
  skipped += counts.skipped;
  // A runner that fails without a failed test, or runs none, still counts as failed.
  failed += Math.max(counts.failed, ok && counts.passed > 0 ? 0 : 1);
});
const flaky = flakyTests();
if (flaky.length > 0) {
  console.log(`\nFlaky, and to be mended: these failed first and passed on the second try.`);
  for (const name of flaky) console.log(`  ${name}`);
}
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed === 0 ? 0 : 1);
