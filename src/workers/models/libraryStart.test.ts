import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AkinEvent } from '../../protocol/index.ts';
import { openLibrary, stage } from '../../store/testing/library.ts';
import { LibraryStart } from './libraryStart.ts';
import { ModelRegistry } from './modelRegistry.ts';

const modelsUrl = 'https://akin.test/models/';
const PATHS = [
  ...['visual-v2-detailed/fit.json', 'visual-v2-detailed/fit.bin'],
  ...['efficientnet-lite1', 'efficientnet-lite2'].flatMap((net) =>
    ['spec.json', 'model.json', 'weights.bin', 'classifier.bin'].map((file) => `${net}/${file}`),
  ),
];
const read = (path: string) => Uint8Array.from(readFileSync(`models/${path}`));
const files = Object.fromEntries(
  PATHS.map((path) => {
    const sha256 = createHash('sha256').update(read(path)).digest('hex');
    return [path, { bytes: read(path).byteLength, sha256 }];
  }),
);

/** Serves the models of the app's own origin. @param without a file that fails */
function serve(without = ''): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (url: URL | string) => {
    const path = String(url).slice(modelsUrl.length);
    asked.push(path);
    if (path === without) return new Response(null, { status: 404 });
    return new Response(
      path === 'manifest.json' ? JSON.stringify({ version: 1, files }) : read(path),
    );
  });
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

async function library(passMs: number) {
  const store = await openLibrary();
  const events: AkinEvent[] = [];
  const report = vi.fn(async () => ({ active: 'webgpu' as const, passMs }));
  const changed = vi.fn();
  const broadcast = (event: AkinEvent) => events.push(event);
  const start = new LibraryStart({
    store: async () => store,
    modelsUrl,
    changed,
    report,
    broadcast,
  });
  const chosen = async () => (await new ModelRegistry(store).chosen()).id;
  return { store, start, events, report, changed, chosen };
}

describe('a new library on a fast GPU', () => {
  it('starts with the detailed model once all its files are fetched', async () => {
    const asked = serve();
    const { store, start, events, report, changed, chosen } = await library(5);
    await stage(store, 1);
    await Promise.all([start.settle(), start.settle()]);
    expect(await chosen()).toBe('visual-v2-detailed');
    expect(events).toEqual([{ type: 'model-chosen', id: 'visual-v2-detailed' }]);
    expect([report, changed].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    expect(new Set(asked)).toEqual(new Set(['manifest.json', ...PATHS]));
  });

  it('starts with the standard model if a file is unavailable', async () => {
    serve('efficientnet-lite2/weights.bin');
    const { start, events, chosen } = await library(5);
    await start.settle();
    expect([await chosen(), events]).toEqual(['visual-v2', []]);
  });
});

it('measures nothing if a model was chosen, and fetches nothing for a slow GPU', async () => {
  const asked = serve();
  const owned = await library(5);
  await new ModelRegistry(owned.store).choose('visual-v2');
  await owned.start.settle();
  expect(owned.report).not.toHaveBeenCalled();
  const slow = await library(30);
  await slow.start.settle();
  expect([await slow.chosen(), asked]).toEqual(['visual-v2', []]);
});
