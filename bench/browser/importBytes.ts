import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from '@playwright/test';

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Buffer;
}

export function readPhoto(path: string): NamedBytes {
  return { name: basename(path), bytes: readFileSync(path) };
}

/** Photos per call, so that no message to the page is too long. */
const BATCH = 32;

/** Imports files as if from a folder; names must be unique. Skips what can't be imported. */
export async function importBytes(
  page: Page,
  files: readonly NamedBytes[],
  path: string,
): Promise<{ readonly name: string; readonly id: number }[]> {
  for (let from = 0; from < files.length; from += BATCH) {
    const some = files
      .slice(from, from + BATCH)
      .map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') }));
    await page.evaluate(
      async ({ some, path }) => {
        const items = some.map(({ name, base64 }) => {
          const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
          return { file: new File([bytes], name), path };
        });
        await window.akin!.importFiles(items);
      },
      { some, path },
    );
  }
  const listed = await page.evaluate(() => window.akin!.list());
  return listed.filter((each) => each.path === path).map(({ name, id }) => ({ name, id }));
}
