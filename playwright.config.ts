import { defineConfig } from '@playwright/test';
import { findBrowser, quietSwitches } from './scripts/browser.ts';

/**
 * Port of the production build, served like `npm start` does. Specs that stop the server start
 * their own. Set `AKIN_TEST_PORT` to test two checkouts at the same time.
 */
const PORT = Number(process.env.AKIN_TEST_PORT ?? 4174);

/**
 * The slowest specs, which run first: otherwise, specs run in the order of their file names, and at
 * the end one worker could be busy with a slow one while the other is idle.
 */
const LONG =
  /(a11y|crash|engines\/smoke|faces-page|faces-rest|index|models|samples|webgpu)\.spec\.ts$/;

export default defineConfig({
  testDir: 'e2e',
  projects: [
    { name: 'long', testMatch: LONG },
    { name: 'short', testIgnore: LONG },
  ],
  outputDir: 'test-results',
  // A test waits for a third of its time; three at a time keep two cores busy. Each test has its own
  // profile, ports and folders, so any of them can run in parallel.
  workers: 3,
  fullyParallel: true,
  // `npm test` lists tests that pass only when retried; each of them is a bug to fix.
  retries: process.env.CI === undefined ? 0 : 2,
  // Timeouts only catch hangs: a busy machine takes many times as long as a quiet one.
  timeout: 480_000,
  expect: { timeout: 120_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${PORT}`,
    viewport: { width: 1280, height: 800 },
    // For calls without their own timeout, such as `waitForFunction`.
    actionTimeout: 240_000,
    launchOptions: { executablePath: findBrowser(), args: quietSwitches },
    // Tracing takes a third of a spec's time; AKIN_TRACE=1 saves a trace of each failed test.
    trace: process.env.AKIN_TRACE === undefined ? 'off' : 'retain-on-failure',
  },
  webServer: {
    command: `npx vite preview --port ${PORT} --strictPort`,
    port: PORT,
    reuseExistingServer: false,
    timeout: 300_000,
  },
});
