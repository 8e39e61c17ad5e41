import { expect, it } from 'vitest';
import { flakyTests } from './reports.ts';

it('lists the tests that passed on retry, however deeply nested', () => {
  const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
  const file = 'faces.spec.ts';
  const suites = [
    {
      file,
      specs: [spec('passes', 'expected'), spec('wavers', 'flaky')],
      suites: [{ file, specs: [spec('wavers deeper', 'flaky'), spec('fails', 'unexpected')] }],
    },
  ];
  expect(flakyTests({ stats: {}, suites })).toEqual([
    'e2e/faces.spec.ts › wavers',
    'e2e/faces.spec.ts › wavers deeper',
  ]);
  expect(flakyTests(null)).toEqual([]);
});
