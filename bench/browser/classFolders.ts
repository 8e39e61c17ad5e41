import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { importPaths } from '../../scripts/session.ts';
import { say } from './rows.ts';

/** Photos of a folder of class folders, imported into the app. */
export interface ClassPhotos {
  /** Class by photo id. */
  readonly classOf: ReadonlyMap<number, string>;
  readonly failed: number;
  /** Wall time of the import in milliseconds. */
  readonly ms: number;
}

export async function importClassFolders(page: Page, folder: string): Promise<ClassPhotos> {
  const classOf = new Map<number, string>();
  let failed = 0;
  const from = performance.now();
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const paths = readdirSync(join(folder, entry.name))
      .filter((name) => !name.startsWith('.'))
      .map((name) => join(folder, entry.name, name));
    const report = await importPaths(page, paths);
    for (const id of report.imported) classOf.set(id, entry.name);
    failed += report.failed.length;
    say(`${entry.name}: ${report.imported.length} photos`);
  }
  return { classOf, failed, ms: performance.now() - from };
}

/** The library's vectors: (n × d) row-major, in the order of `ids`. */
export interface Exported {
  readonly ids: readonly number[];
  readonly d: number;
  readonly vectors: Float32Array;
}

export async function exportedVectors(page: Page): Promise<Exported> {
  const { ids, d, vectors } = await page.evaluate(async () => {
    const exported = await window.akin!.exportVectors();
    return { ids: [...exported.ids], d: exported.d, vectors: [...exported.vectors] };
  });
  return { ids, d, vectors: Float32Array.from(vectors) };
}
