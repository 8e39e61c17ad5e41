import { defineConfig } from '@playwright/test';
import { findBrowser, quietSwitches } from './scripts/browser.ts';

/**
 * The production build, served as `npm start` serves it. Specs that stop it start their own.
 * `AKIN_TEST_PORT` lets two checkouts test at the same time.
 */
const PORT = Number(process.env.AKIN_TEST_PORT ?? 4174);

/**
 * What takes longest is begun first: else one worker would be left with it, and the other idle, at the
 * end. The name of a file is its place in the order otherwise.
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
  // Tests wait more than they compute: with two at a time both cores have something to do. A test has
  // a profile, ports and folders of its own, so any two may meet.
  workers: 2,
  fullyParallel: true,
  // What passes only when it is tried again is named by `npm test`, and is a fault to be mended.
  retries: process.env.CI === undefined ? 0 : 2,
  // Limits for what hangs: a busy machine takes many times as long as a quiet one.
  timeout: 480_000,
  expect: { timeout: 120_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${PORT}`,
    viewport: { width: 1280, height: 800 },
    // For what waits without a limit of its own, such as `waitForFunction`.
    actionTimeout: 240_000,
    launchOptions: { executablePath: findBrowser(), args: quietSwitches },
    // A trace takes a third of the time of a spec; AKIN_TRACE=1 takes one of each that fails.
    trace: process.env.AKIN_TRACE === undefined ? 'off' : 'retain-on-failure',
  },
  webServer: {
    command: `npx vite preview --port ${PORT} --strictPort`,
    port: PORT,
    reuseExistingServer: false,
    timeout: 300_000,
  },
});
