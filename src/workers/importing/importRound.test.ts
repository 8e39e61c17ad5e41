import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { AkinError, notConfigured } from '../../base/errors.ts';
import type { NetInput, NetOutput } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { openLibrary, SPACE, stage, testColors, vectorOf } from '../../store/testing/library.ts';
import type { Prepared } from '../../vision/types.ts';
import { standardModel } from '../models/builtIn.ts';
import type { Nets } from './batchEmbedder.ts';
import { ImportGate } from './importGate.ts';
import { ImportRound } from './importRound.ts';
import { StageClock } from './stageClock.ts';

/** Plain pixels, in place of a browser's decoder. */
async function prepared(): Promise<Prepared> {
  return {
    width: 300,
    height: 200,
    type: 'jpeg',
    endMissing: false,
    backdrop: null,
    thumb: new Blob([Uint8Array.of(1, 2, 3)]),
    thumbWidth: 30,
    thumbHeight: 20,
    colors: testColors(),
    inputs: [{ rgba: new Uint8ClampedArray(4), width: 1, height: 1 }],
    picture: null,
    decodeMs: 0,
    scaleMs: 0,
    thumbMs: 0,
  };
}

const answer = (photos: readonly (readonly NetInput[])[]): NetOutput => ({
  spaceId: SPACE.id,
  vectors: photos.map((_, i) => vectorOf(i + 1)),
  classes: null,
  netMs: 0,
  otherMs: 0,
  status: { backend: null, tensors: null },
});

/** Nets that answer, unless `fails` returns an error. */
function netsThat(fails: (photos: readonly (readonly NetInput[])[]) => AkinError | null): Nets {
  return {
    width: () => 1,
    workers: () => 1,
    model: async () => standardModel,
    embed: async (_model, photos) => {
      const error = fails(photos);
      if (error) throw error;
      return answer(photos);
    },
    faces: () => Promise.reject(new Error('No faces are looked for.')),
  };
}

async function staged(files: number): Promise<Store> {
  const store = await openLibrary();
  for (let n = 1; n <= files; n++) await stage(store, n);
  return store;
}

/** Runs one round over all waiting files and returns what is left. */
async function round(store: Store, nets: Nets) {
  const gate = new ImportGate();
  const done: string[] = [];
  await new ImportRound({
    store,
    nets,
    gate,
    clock: new StageClock(),
    hooks: {
      onDone: (_photo, how) => done.push(how),
      onPhotos: () => {},
      onVector: () => {},
      onFaces: () => {},
    },
    faces: false,
    looksForFaces: async () => false,
    prepare: prepared,
  }).run();
  const { queued, failed } = await store.jobs.counts();
  return {
    done,
    queued,
    failed,
    photos: (await store.photos.list()).length,
    stopped: gate.stopped,
  };
}

describe('models that were never configured', () => {
  it('stop the import and fail no photo', async () => {
    const store = await staged(9);
    let calls = 0;
    const first = await round(
      store,
      netsThat(() => (++calls === 2 ? notConfigured() : null)),
    );
    expect(first.stopped?.code).toBe('not-configured');
    expect(first.failed).toBe(0);
    expect(first.done).not.toContain('failed');
    expect(first.queued + first.photos).toBe(9);
    expect(first.queued).toBeGreaterThan(0);

    const second = await round(
      store,
      netsThat(() => null),
    );
    expect(second).toMatchObject({ queued: 0, failed: 0, photos: 9, stopped: null });
    expect((await store.jobs.failures()).length).toBe(0);
  });

  it('don’t fail a photo that is tried alone, either', async () => {
    const store = await staged(3);
    const { failed, queued, stopped } = await round(
      store,
      netsThat((inputs) =>
        inputs.length > 1 ? new AkinError('worker-died', 'Out of memory.') : notConfigured(),
      ),
    );
    expect({ failed, queued, code: stopped?.code }).toEqual({
      failed: 0,
      queued: 3,
      code: 'not-configured',
    });
  });
});

it('fails only the photo that breaks the models', async () => {
  const store = await staged(5);
  let alone = 0;
  const { failed, queued, photos, stopped } = await round(
    store,
    netsThat((inputs) => {
      if (inputs.length === 1 && ++alone !== 2) return null;
      return new AkinError('internal', 'A number is not a number.');
    }),
  );
  expect({ failed, queued, photos, stopped }).toEqual({
    failed: 1,
    queued: 0,
    photos: 4,
    stopped: null,
  });
});
