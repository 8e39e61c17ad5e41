import { E2E_REPORT, type E2eReport, read, type Suite } from './reports.ts';

// Prints the specs of the last run as a table: `npx tsx scripts/testing/specTable.ts`.

function testsOf(suite: Suite): { tests: number; ms: number } {
  const here = suite.specs.flatMap(({ tests }) => tests.flatMap(({ results }) => results ?? []));
  const sum = {
    tests: suite.specs.length,
    ms: here.reduce((ms, { duration }) => ms + duration, 0),
  };
  for (const inner of suite.suites ?? []) {
    const { tests, ms } = testsOf(inner);
    sum.tests += tests;
    sum.ms += ms;
  }
  return sum;
}

const report = read<E2eReport>(E2E_REPORT);
if (!report) throw new Error(`There is no ${E2E_REPORT}: run the end-to-end tests first.`);
const rows = report.suites.map((suite) => ({ file: suite.file, ...testsOf(suite) }));
console.log('| spec | tests | seconds |\n| --- | --: | --: |');
for (const { file, tests, ms } of rows.sort((a, b) => b.ms - a.ms)) {
  console.log(`| ${file.replace('.spec.ts', '')} | ${tests} | ${(ms / 1000).toFixed(0)} |`);
}
