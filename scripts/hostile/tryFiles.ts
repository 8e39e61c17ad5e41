import type { Page } from '@playwright/test';
import type { HostileFile } from './file.ts';
import { type Tally, tally } from './tally.ts';

/** Maximum bytes and files per batch. */
const PART_BYTES = 16 * 2 ** 20;
const PART_FILES = 40;
/** Workers that are never stopped. */
const LASTING = /(embed|index)\.worker/;

export interface Outcome {
  readonly tried: number;
  /** Crashed tabs and workers, uncaught errors, and failures not caused by the file. */
  readonly crashed: number;
  /** Files not finished in time. */
  readonly hung: number;
  /** Partial records, and files that are neither photos nor listed as failed. */
  readonly partial: number;
  readonly kept: number;
  readonly failed: number;
  /** What went wrong, as messages. */
  readonly told: readonly string[];
}

export interface TryOptions {
  /** Opens the app in a tab; resolves once its library is open. A crashed tab can't be reused. */
  readonly open: (page: Page) => Promise<void>;
  /** Timeout per file, and per import on top, in milliseconds. */
  readonly fileMs: number;
  readonly restMs: number;
  readonly onPart?: (done: number) => void;
}

/**
 * Imports files into the app, whose library is empty, and checks the result.
 *
 * @param first the tab to start in; after a crash another one of its context is used
 */
export async function tryFiles(
  first: Page,
  files: readonly HostileFile[],
  { open, fileMs, restMs, onPart }: TryOptions,
): Promise<Outcome> {
  const crashes: string[] = [];
  const late: string[] = [];
  let page = first;
  const enter = async (tab: Page) => {
    const here = () => tab === page;
    tab.on('crash', () => crashes.push('The tab died.'));
    tab.on('pageerror', (error) => crashes.push(`Nobody caught: ${error}`));
    tab.on('worker', (worker) => {
      if (!LASTING.test(worker.url())) return;
      worker.on('close', () => {
        if (here()) crashes.push(`A worker died: ${worker.url()}`);
      });
    });
    page = tab;
    await open(tab);
  };
  const leave = async (): Promise<Page> => {
    const left = page;
    page = await left.context().newPage();
    await left.close();
    return page;
  };

  await enter(first);
  let tried = 0;
  let duplicates = 0;
  for (const part of parts(files)) {
    const before = crashes.length;
    const limit = part.length * fileMs + restMs;
    const report = await inTime(importPart(page, part, limit), limit).catch((error: unknown) => {
      if (crashes.length === before) crashes.push(`The import failed: ${error}`);
      return null;
    });
    tried += part.length;
    duplicates += report?.duplicates ?? 0;
    if (report?.late) {
      const { waiting } = await inTime(tally(page), limit).catch(() => ({ waiting: 1 }));
      late.push(...Array<string>(Math.max(1, waiting)).fill(`Among ${namesOf(part)}`));
    }
    // After a crash or hang, reopen the app as a user would, and continue with the rest.
    if (!report || report.late) {
      await enter(await leave());
      await page.evaluate(() => window.akin!.cancel());
      await page.evaluate(() => window.akin!.ready());
    }
    onPart?.(tried);
  }
  const left = await tally(page);
  if (await page.evaluate(() => 'pwned' in window)) crashes.push('A file’s script ran.');
  return outcomeOf({ tried, duplicates, crashes, late, left });
}

interface Ended {
  readonly tried: number;
  readonly duplicates: number;
  readonly crashes: readonly string[];
  readonly late: readonly string[];
  readonly left: Tally;
}

function outcomeOf({ tried, duplicates, crashes, late, left }: Ended): Outcome {
  const crashed = [...crashes, ...left.broken];
  const lost = tried - left.photos - left.failures - duplicates;
  // After a crash or hang, its files were abandoned.
  const missing = crashed.length + late.length > 0 ? 0 : Math.max(0, lost);
  return {
    tried,
    crashed: crashed.length,
    hung: late.length + left.waiting,
    partial: left.partial.length + missing,
    kept: left.photos,
    failed: left.failures,
    told: [
      ...crashed,
      ...late.map((words) => `Not done in time: ${words}`),
      ...left.partial,
      ...(missing > 0 ? [`${missing} files are neither photos nor failures.`] : []),
    ],
  };
}

function namesOf(part: readonly HostileFile[]): string {
  return part.map(({ name }) => JSON.stringify(name).slice(0, 60)).join(', ');
}

function* parts(files: readonly HostileFile[]): Generator<HostileFile[]> {
  let part: HostileFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (part.length > 0 && (part.length >= PART_FILES || bytes + file.bytes.length > PART_BYTES)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(file);
    bytes += file.bytes.length;
  }
  if (part.length > 0) yield part;
}

/** Rejects if a hung tab doesn't answer. */
function inTime<T>(answer: Promise<T>, limitMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const stands = () => reject(new Error('The tab stands still.'));
    timer = setTimeout(stands, limitMs + 60_000);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** Uses the page's own API, which passes names and bytes of any kind unchanged. */
function importPart(
  page: Page,
  part: readonly HostileFile[],
  limitMs: number,
): Promise<{ late: boolean; duplicates: number }> {
  return page.evaluate(
    async ({ files, limit }) => {
      const made = files.map(({ name, base64 }) => {
        const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
        return new File([bytes], name, { lastModified: 1 });
      });
      const done = window.akin!.importFiles(made);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<null>((resolve) => {
        timer = setTimeout(() => resolve(null), limit);
      });
      const report = await Promise.race([done, late]);
      clearTimeout(timer);
      return { late: report === null, duplicates: report?.duplicates.length ?? 0 };
    },
    {
      files: part.map(({ name, bytes }) => ({
        name,
        base64: Buffer.from(bytes).toString('base64'),
      })),
      limit: limitMs,
    },
  );
}
