import 'fake-indexeddb/auto';
import '@tensorflow/tfjs-backend-wasm';
import { memory, setBackend } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { AkinError } from '../../base/errors.ts';
import type { TrialProgress } from '../../protocol/index.ts';
import { keepOf, openLibrary, stage } from '../../store/testing/library.ts';
import { filesOf, tinyGraph } from '../../vision/brought/testing/tinyModels.ts';
import { isCalibration } from '../../vision/nets/fit.ts';
import { inputShape } from '../../vision/nets/inputShape.ts';
import { loadNet } from '../../vision/nets/loadNet.ts';
import { loadModel, readModelSource } from '../../vision/nets/model.ts';
import type { NetInputSpec } from '../../vision/nets/spec.ts';
import { committedFiles } from '../../vision/nets/testing/committedFiles.ts';
import type { NetPicture } from '../../vision/types.ts';
import { ModelRegistry } from '../models/modelRegistry.ts';
import { openCurrentNets } from './currentNets.ts';
import { TrialSession } from './trialSession.ts';

const SPACE = { id: 'test-v1', d: 4, metric: 'ip' } as const;
const calibration = { cosine: [-1, 0, 1], log10Chance: [0, -1, -5] };

/** Stripes derived from the number in the file: Node has no canvas to draw photos on. */
function drawn(n: number, input: NetInputSpec): NetPicture {
  const { width, height } = inputShape(400, 300, input);
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < rgba.length; i += 4) {
    rgba[i] = (i * n) % 251;
    rgba[i + 1] = (i >> (n % 7)) & 255;
    rgba[i + 2] = 5 * n;
  }
  return { rgba, width, height };
}

async function library(photos: number) {
  const store = await openLibrary();
  for (let n = 1; n <= photos; n++) {
    const id = await stage(store, n);
    const vector = Float32Array.of(Math.cos(n), Math.sin(n), Math.cos(3 * n), Math.sin(3 * n));
    await store.photos.keep(
      keepOf(
        id,
        vector.map((value) => value * Math.SQRT1_2),
      ),
    );
  }
  const told: TrialProgress[] = [];
  let closed = 0;
  const session = new TrialSession({
    store: async () => store,
    nets: {
      async open() {
        await setBackend('wasm');
        return 'wasm';
      },
      guard: (work) => work,
      close: () => {
        closed++;
      },
    },
    onProgress: (progress) => told.push(progress),
    sources: async () => ({
      store,
      current: { ...SPACE, calibration },
      async read(photo, inputs) {
        const text = await photo.text();
        if (text === 'original 5') throw new AkinError('damaged-picture', 'It is damaged.');
        const n = Number(/\d+/.exec(text)![0]);
        return inputs.map((input) => drawn(n, input));
      },
      openCurrent: () => openCurrentNets({ kind: 'built-in', id: 'visual-v2' }, committedFiles),
      pictures: async () => Array.from({ length: 7 }, (_, i) => new Blob([`sample ${50 + i}`])),
      workersFor: () => 2,
    }),
  });
  return { session, store, told, closed: () => closed };
}

const never = new AbortController().signal;
const files = () => filesOf(tinyGraph(), 'tiny/');

describe('a trial', () => {
  it('compares a model with the current one on the user’s photos and saves it', async () => {
    const { session, store, told } = await library(40);
    const facts = await session.read(files(), never);
    expect(facts).toMatchObject({ format: 'graph-model', title: 'tiny', parameters: 3298 });
    // The page receives a clone.
    expect(structuredClone(facts)).toEqual(facts);
    const report = await session.try(facts.guess, { photos: 200 }, never);
    expect(report).toMatchObject({
      ...{ dims: 40, backend: 'wasm', photos: 39, unreadable: 1, photosToMove: 40 },
      calibratedOn: 'photos',
    });
    expect(report.queries).toHaveLength(10);
    for (const { photoId, current, tried } of report.queries) {
      expect(photoId).not.toBe(5);
      expect([current.length, tried.length]).toEqual([6, 6]);
      expect(tried[0]!.cosine).toBeGreaterThanOrEqual(tried[1]!.cosine);
    }
    expect(isCalibration(report.calibration)).toBe(true);
    expect(report.msPerPhoto).toBeGreaterThan(0);
    expect(report.secondsToMove).toBeGreaterThan(0);
    expect(new Set(told.map(({ stage: name }) => name))).toEqual(
      new Set(['reading', 'loading', 'checking', 'photos', 'comparing']),
    );

    const { id } = await session.keep('  My birds  ', never);
    const models = new ModelRegistry(store);
    const kept = await models.get(id);
    expect(kept).toMatchObject({ title: 'My birds', kind: 'user', space: { d: 40 } });
    expect(kept!.space.calibration).toEqual(report.calibration);
    // A stored model runs like any other.
    const source = readModelSource(await models.source(kept!));
    const [part] = (await loadModel(source, committedFiles)).parts;
    const net = await loadNet(part!.files, part!.spec, 1);
    const { readings } = await net.run([drawn(3, part!.spec.input)]);
    expect(readings[0]!.features).toHaveLength(40);
    net.dispose();

    // Storing it again yields the same model; another layer yields another.
    expect(await session.keep('Birds', never)).toEqual({ id });
    expect(await store.models.list()).toHaveLength(1);
    await session.try({ ...facts.guess, tap: 'pooled', pooling: 'none' }, { photos: 0 }, never);
    expect((await session.keep('Pooled', never)).id).not.toBe(id);
  });

  it('checks a model without photos and calibrates it on other pictures', async () => {
    const { session } = await library(0);
    const { guess } = await session.read(files(), never);
    const before = memory().numTensors;
    const report = await session.try(guess, { photos: 200 }, never);
    expect(report).toMatchObject({
      ...{ photos: 0, photosToMove: 0, secondsToMove: 0, queries: [], agreement: null },
      calibratedOn: 'pictures',
    });
    expect(isCalibration(report.calibration)).toBe(true);
    expect(memory().numTensors).toBe(before);
  });

  it('can be run again after it was stopped or a model failed', async () => {
    const { session, closed } = await library(3);
    await expect(session.try({} as never, { photos: 1 }, never)).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    await expect(session.keep('Too early', never)).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    const { guess } = await session.read(files(), never);
    const controller = new AbortController();
    const running = session.try(guess, { photos: 3 }, controller.signal);
    controller.abort(new AkinError('aborted', 'Stopped.'));
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    await expect(session.keep('Too early', never)).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    expect((await session.try(guess, { photos: 3 }, never)).photos).toBe(3);
    await expect(session.keep(' ', never)).rejects.toMatchObject({ code: 'invalid-argument' });

    const closedBefore = closed();
    const broken = tinyGraph();
    broken.json.weightsManifest[0].weights[0].shape = [3, 3, 8, 3];
    await expect(session.read(filesOf(broken), never)).rejects.toMatchObject({
      code: 'model-failed',
    });
    expect(closed()).toBeGreaterThan(closedBefore);
    expect((await session.read(files(), never)).guess).toEqual(guess);
  });
});
