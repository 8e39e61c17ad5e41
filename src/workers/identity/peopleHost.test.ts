import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { AkinEvent } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { FaceSettings } from '../faces/faceSettings.ts';
import { FACE_SPACE, facedLibrary, writeFacedPhotos } from '../testing/facedLibrary.ts';
import { trainerOf } from '../testing/indexedLibrary.ts';
import { PeopleHost } from './peopleHost.ts';

const SIGNAL = new AbortController().signal;

/** A tab's worker; it receives its own events, as workers do. */
function openTab(store: Store, tab = 'one') {
  const told: AkinEvent[] = [];
  const broadcast = (event: AkinEvent) => {
    told.push(event);
    void host.hear(event);
  };
  const host: PeopleHost = new PeopleHost({
    store: async () => store,
    trainer: trainerOf(store),
    tab,
    broadcast: broadcast,
  });
  const works = () => told.flatMap((event) => (event.type === 'face-work' ? [event.work] : []));
  return { host, works, faceWork: async () => host.handlers.faceWork(SIGNAL) };
}

/** Three scanned and two unscanned photos, with the scan stopped. */
async function stoppedLibrary() {
  const { name, store } = await facedLibrary(3, 2);
  await writeFacedPhotos(name, [4, 5]);
  const settings = new FaceSettings(store.meta);
  await settings.turnOn({ id: FACE_SPACE, d: 16, version: FACE_SPACE });
  await settings.setStopped(true);
  return { name, store, settings };
}

// Node 20 has no Web Locks; with a single tab none are needed.
const locks = {
  request: (_name: string, ...rest: unknown[]) => (rest.at(-1) as () => unknown)(),
};
vi.stubGlobal('navigator', { locks });

describe('the status of the face scan', () => {
  it('is stopped on opening, with the number of photos left', async () => {
    const { store, settings } = await stoppedLibrary();
    const { faceWork } = openTab(store);
    expect(await faceWork()).toEqual({ state: 'stopped', left: 2 });
    await settings.setStopped(false);
    expect(await faceWork()).toEqual({ state: 'idle' });
    await settings.setStopped(true);
    await settings.turnOff();
    expect(await faceWork()).toEqual({ state: 'idle' });
  });

  it('is idle if no photo is left or faces were never on', async () => {
    const { store } = await stoppedLibrary();
    for (const id of [4, 5]) await store.faces.fail(id, FACE_SPACE, 'internal');
    expect(await openTab(store).faceWork()).toEqual({ state: 'idle' });
    const never = await facedLibrary(1, 1);
    expect(await openTab(never.store).faceWork()).toEqual({ state: 'idle' });
  });

  it('is broadcast once per change in the photos left', async () => {
    const { store } = await stoppedLibrary();
    const { faceWork, host, works } = openTab(store);
    await faceWork();
    await store.trash.add([4]);
    await host.hear({ type: 'removed', ids: [4] });
    await expect.poll(works).toEqual([{ state: 'stopped', left: 1 }]);
    // Trashing a scanned photo changes nothing.
    await store.trash.add([1]);
    await host.hear({ type: 'removed', ids: [1] });
    await store.trash.add([5]);
    await host.hear({ type: 'removed', ids: [5] });
    await expect.poll(() => works().slice(1)).toEqual([{ state: 'idle' }]);
  });

  it('returns to scanning after a reclustering during the scan', async () => {
    const { store, settings } = await stoppedLibrary();
    await settings.setStopped(false);
    const { host, works } = openTab(store);
    const [group] = (await host.handlers.people(SIGNAL)).groups;
    const named = { kind: 'name', person: group!.key, name: 'Ana' } as const;
    const { entry } = await host.handlers.applyCommand(SIGNAL, named);
    const looking = { state: 'scanning', done: 1, total: 2, secondsLeft: null, loaded: 1 } as const;
    await host.hear({ type: 'face-work', work: looking });
    await host.handlers.undoEntry(SIGNAL, entry);
    await expect
      .poll(() => works().map(({ state }) => state))
      .toEqual(['reclustering', 'scanning']);
  });

  it('stays failed until the next scan', async () => {
    const { store } = await stoppedLibrary();
    const { faceWork, host } = openTab(store);
    const failed = { state: 'failed', code: 'internal', message: 'No graphics.' } as const;
    await host.hear({ type: 'face-work', work: failed });
    await host.hear({ type: 'face-work', work: { state: 'reclustering', progress: 0.5 } });
    expect(await faceWork()).toEqual(failed);
    const looking = { state: 'scanning', done: 0, total: 2, secondsLeft: null, loaded: 1 } as const;
    await host.hear({ type: 'face-work', work: looking });
    expect(await faceWork()).toEqual({ state: 'stopped', left: 2 });
  });
});
