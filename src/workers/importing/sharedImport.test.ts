import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { AkinEvent, ImportProgress } from '../../protocol/index.ts';
import { SharedImport } from './sharedImport.ts';

/** Tabs sharing one channel and one queue of stored files, as in a browser. */
class Browser {
  queued = 0;
  holder: string | null = null;
  /** Milliseconds until a message arrives. */
  lag = 1;
  readonly tabs = new Map<string, Tab>();
  /** Imports whose result was broadcast. */
  readonly ended = new Set<string>();

  open(name: string): Tab {
    const tab = new Tab(this, name);
    this.tabs.set(name, tab);
    return tab;
  }

  /** Delivers an event to all pages and the other tabs' workers in a later task. */
  send(from: string, event: AkinEvent): void {
    if (event.type === 'progress' && event.progress.state === 'done') {
      this.ended.add(event.progress.importId);
    }
    setTimeout(() => {
      for (const [name, tab] of this.tabs) {
        if (event.type === 'progress') tab.page = event.progress;
        if (event.type === 'command') {
          if (name !== from) tab.shared.report();
        } else if (name !== from) tab.shared.hear(event);
      }
    }, this.lag);
  }
}

class Tab {
  readonly shared: SharedImport;
  readonly #browser: Browser;
  readonly #name: string;
  page: ImportProgress = { state: 'idle' };
  stopped = false;

  constructor(browser: Browser, name: string) {
    this.#browser = browser;
    this.#name = name;
    this.shared = new SharedImport({
      library: 'library',
      broadcast: (event) => browser.send(name, event),
      queued: async () => browser.queued,
      now: () => ({
        holds: browser.holder === name,
        waits: browser.holder === name,
        stopped: this.stopped,
      }),
      onEnd: () => {},
      member: name,
      callRoll: async () => ({
        isAlive: (member) => browser.tabs.has(member),
        isHeld: () => browser.holder !== null,
      }),
    });
  }

  announce(files: number): void {
    this.shared.begin();
    this.shared.meter.announce(files);
    this.shared.meter.enter((counts) => ({ state: 'running', step: 'photos', ...counts }));
  }

  stage(part: { files: number; duplicates: number; failed: number }): void {
    this.#browser.queued += part.files - part.duplicates - part.failed;
    this.shared.meter.staged({ skipped: 0, ...part });
  }

  /** Processes everything that is waiting. */
  async work(): Promise<void> {
    this.#browser.holder = this.#name;
    this.shared.takeOver();
    if (this.#browser.queued > 0) this.shared.begin();
    this.shared.meter.setQueued(this.#browser.queued);
    while (this.#browser.queued > 0) {
      this.#browser.queued--;
      this.shared.meter.done('imported');
    }
    await this.shared.conclude();
    this.#browser.holder = null;
  }

  close(): void {
    this.#browser.tabs.delete(this.#name);
  }
}

let browser: Browser;
const pass = (ms = 2_000) => vi.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  vi.useFakeTimers();
  browser = new Browser();
});
afterEach(() => void vi.useRealTimers());

it('concurrent imports of two tabs count as one, with one result for all tabs', async () => {
  const [a, b, c] = ['a', 'b', 'c'].map((name) => browser.open(name)) as [Tab, Tab, Tab];
  a.announce(12);
  b.announce(8);
  await pass(300);
  expect(c.page).toMatchObject({ state: 'running', total: 20 });
  a.stage({ files: 12, duplicates: 2, failed: 0 });
  const working = a.work();
  b.stage({ files: 8, duplicates: 0, failed: 3 });
  await working;
  await pass();
  // What b staged after a's last check is still waiting; b imports next.
  await b.work();
  await pass();
  for (const tab of [a, b, c]) {
    expect(tab.page).toMatchObject({
      state: 'done',
      total: 20,
      done: 20,
      imported: 15,
      duplicates: 2,
      failed: 3,
      cancelled: false,
    });
  }
});

it('a tab that takes no part neither broadcasts nor dismisses anything on its turn', async () => {
  const a = browser.open('a');
  const b = browser.open('b');
  a.announce(3);
  a.stage({ files: 3, duplicates: 0, failed: 0 });
  await a.work();
  await pass();
  const done = b.page;
  expect(done).toMatchObject({ state: 'done', imported: 3 });
  // It waited for the lock and finds nothing left, or was told to resume.
  await b.work();
  b.shared.meter.tellNow();
  await pass(10_000);
  expect(a.page).toBe(done);
  expect(b.page).toBe(done);
});

it('a tab opened later receives the result until it is dismissed', async () => {
  const a = browser.open('a');
  a.announce(2);
  a.stage({ files: 2, duplicates: 2, failed: 0 });
  await a.shared.conclude();
  await pass();
  const b = browser.open('b');
  await pass();
  expect(b.page).toMatchObject({ state: 'done', duplicates: 2 });
  browser.send('page', { type: 'summary-dismissed', importId: a.shared.ledger.importId });
  await pass();
  const c = browser.open('c');
  await pass();
  expect(c.page).toEqual({ state: 'idle' });
});

it('a closed tab is not waited for, and its files still count', async () => {
  const a = browser.open('a');
  const b = browser.open('b');
  a.announce(10);
  a.stage({ files: 6, duplicates: 1, failed: 0 });
  await pass(300);
  a.close();
  await b.work();
  await pass();
  expect(b.page).toMatchObject({ state: 'done', total: 6, imported: 5, duplicates: 1 });
});

it('waits for a tab that is still staging files after another is done', async () => {
  const a = browser.open('a');
  const b = browser.open('b');
  a.announce(1);
  b.announce(5);
  a.stage({ files: 1, duplicates: 1, failed: 0 });
  await pass();
  expect(await a.shared.conclude()).toBe(false);
  expect(a.page.state).toBe('running');
  b.stage({ files: 5, duplicates: 5, failed: 0 });
  await pass();
  expect(a.page).toMatchObject({ state: 'done', duplicates: 6 });
});

it('counts the next import from zero', async () => {
  const a = browser.open('a');
  const b = browser.open('b');
  for (const [tab, files] of [
    [a, 4],
    [b, 7],
  ] as const) {
    tab.announce(files);
    tab.stage({ files, duplicates: 0, failed: 0 });
    await tab.work();
    await pass();
    expect(a.page).toMatchObject({ state: 'done', total: files, imported: files });
    expect(b.page).toEqual(a.page);
  }
});

it('reports an import as canceled, but not the next one', async () => {
  const a = browser.open('a');
  a.announce(9);
  browser.queued = 0;
  a.shared.cancel();
  await a.shared.conclude();
  await pass();
  expect(a.page).toMatchObject({ state: 'done', cancelled: true });
  a.announce(1);
  a.stage({ files: 1, duplicates: 0, failed: 0 });
  await a.work();
  await pass();
  expect(a.page).toMatchObject({ state: 'done', cancelled: false, imported: 1 });
});

it('a tab that joins an import that has just ended shares the next one', async () => {
  const [a, b] = ['a', 'b'].map((name) => browser.open(name)) as [Tab, Tab];
  a.announce(1);
  a.stage({ files: 1, duplicates: 0, failed: 0 });
  await pass(300);
  browser.lag = 1_000;
  await a.work();
  // The end of the first import hasn't reached b yet.
  b.announce(10);
  b.stage({ files: 4, duplicates: 2, failed: 0 });
  await pass(100);
  a.announce(12);
  a.stage({ files: 12, duplicates: 1, failed: 0 });
  await pass(3_000);
  b.stage({ files: 6, duplicates: 0, failed: 0 });
  await b.work();
  await pass(4_000);
  for (const { page } of [a, b]) {
    expect(page).toMatchObject({ state: 'done', total: 22, imported: 19, duplicates: 3 });
  }
});

it('a tab that holds the lock without taking part still hears the end', async () => {
  const [a, b] = ['a', 'b'].map((name) => browser.open(name)) as [Tab, Tab];
  a.announce(1);
  a.stage({ files: 1, duplicates: 0, failed: 0 });
  await pass(300);
  await a.work();
  // It waited for the lock when the first tab had a file, and finds none left.
  browser.holder = 'b';
  await pass(100);
  browser.holder = null;
  await pass();
  b.announce(10);
  a.announce(12);
  await pass(300);
  b.stage({ files: 10, duplicates: 2, failed: 0 });
  a.stage({ files: 12, duplicates: 1, failed: 0 });
  await b.work();
  await pass(4_000);
  for (const { page } of [a, b]) {
    expect(page).toMatchObject({ state: 'done', total: 22, imported: 19, duplicates: 3 });
  }
  // One for the first import and one for the import that both tabs shared.
  expect(browser.ended.size).toBe(2);
});
