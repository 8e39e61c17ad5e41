import { existsSync, readFileSync } from 'node:fs';

// Report files of the two test runners.

export const UNIT_REPORT = 'test-results/unit.json';
export const E2E_REPORT = 'test-results/e2e.json';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface Suite {
  readonly file: string;
  readonly suites?: readonly Suite[];
  readonly specs: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly status: string;
      /** One per attempt; `duration` in milliseconds. */
      readonly results?: readonly { readonly duration: number }[];
    }[];
  }[];
}

export interface E2eReport {
  readonly stats: Readonly<Record<string, number>>;
  readonly suites: readonly Suite[];
}

/** Reads a runner's report; `null` if missing. */
export function read<T>(path: string): T | null {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as T) : null;
}

export function unitCounts(): Counts {
  const report = read<Record<string, number>>(UNIT_REPORT);
  return {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
  };
}

export function e2eCounts(): Counts {
  const stats = read<E2eReport>(E2E_REPORT)?.stats;
  return {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 0,
    skipped: stats?.skipped ?? 0,
  };
}

/** Tests that failed, then passed on a retry. */
export function flakyTests(report: E2eReport | null = read<E2eReport>(E2E_REPORT)): string[] {
  const of = (suite: Suite): string[] => [
    ...suite.specs
      .filter(({ tests }) => tests.some(({ status }) => status === 'flaky'))
      .map(({ title }) => `e2e/${suite.file} › ${title}`),
    ...(suite.suites ?? []).flatMap(of),
  ];
  return (report?.suites ?? []).flatMap(of);
}
