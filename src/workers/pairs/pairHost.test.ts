import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { forgetItemPhotos, forgetPairPhotos } from '../../identity/index.ts';
import type { AkinEvent, PhotoId, ResultMark } from '../../protocol/index.ts';
import { MAX_ENTRY_ID, openStore, type Store } from '../../store/index.ts';
import { freshName, keepOf, SPACE, stage } from '../../store/testing/library.ts';
import { ItemHost } from '../items/itemHost.ts';
import { PairHost } from './pairHost.ts';
import type { ComparedSpace } from './pairQuestions.ts';

const signal = new AbortController().signal;
/** One in ten unrelated pairs has a cosine above 0.5; none has one of 1. */
const CALIBRATION = { cosine: [-1, 0.5, 1], log10Chance: [0, -1, -6] };

/** A direction in the plane: photos of near numbers look alike. */
function vectorOf(n: number): Float32Array<ArrayBuffer> {
  return Float32Array.of(Math.cos(n * 0.15), Math.sin(n * 0.15), 0, 0);
}

interface Tab {
  readonly items: ItemHost;
  readonly pairs: PairHost;
}

function tabOf(store: Store, tab: string, tabs: Tab[]): Tab {
  const broadcast = (event: AkinEvent) => {
    for (const each of tabs) {
      each.items.hear(event);
      each.pairs.hear(event);
    }
  };
  const index = async () =>
    ({
      space: { ...SPACE, metric: 'ip' },
      liveIds: () => Uint32Array.from(live),
      nearest: () => expect.fail('a small library is compared as a whole'),
      vectorOf: async (id: PhotoId) => vectorOf(id),
    }) satisfies ComparedSpace['index'] & { vectorOf: unknown };
  let live: PhotoId[] = [];
  const items = new ItemHost({ store: async () => store, index, tab, broadcast });
  const pairs = new PairHost({
    store: async () => store,
    items,
    async space() {
      live = (await store.photos.files()).map(({ id }) => id);
      return { index: await index(), calibration: CALIBRATION };
    },
    tab,
    broadcast,
  });
  const made = { items, pairs };
  tabs.push(made);
  return made;
}

/** A library of photos 1 to `count`, with a tab. */
async function library(count: number) {
  const name = freshName();
  const open = () =>
    openStore({
      name,
      rewriteItemLog: (rows, hashes) => forgetItemPhotos(rows, hashes, MAX_ENTRY_ID),
      rewritePairLog: (rows, hashes) => forgetPairPhotos(rows, hashes, MAX_ENTRY_ID),
    });
  const store = await open();
  for (let n = 1; n <= count; n++) {
    const id = await stage(store, n);
    await store.photos.keep(keepOf(id, vectorOf(n)));
  }
  const tabs: Tab[] = [];
  const tab = tabOf(store, 'one', tabs);
  return { store, open, tabs, tab, ...calls(tab) };
}

function calls({ items, pairs }: Tab) {
  const { handlers } = pairs;
  return {
    answer: (a: PhotoId, b: PhotoId, alike: boolean) => handlers.answerPair(signal, a, b, alike),
    mark: (photo: PhotoId, mark: ResultMark['mark'], more: PhotoId[], less: PhotoId[] = []) =>
      handlers.markResult(signal, { photo, mark, more, less }),
    undo: (entry: number) => handlers.undoPairEntry(signal, entry),
    log: () => handlers.pairLog(signal),
    sources: () => handlers.teachingSources(signal),
    questions: (skipped: [PhotoId, PhotoId][] = []) => handlers.pairQuestions(signal, skipped),
    learnFromMarks: (on: boolean) => handlers.learnFromMarks(signal, on),
    exported: () => handlers.exportPairs(signal),
    imported: (text: string) => handlers.importPairs(signal, text),
    item: (...photos: PhotoId[]) =>
      items.handlers.applyItemCommand(signal, {
        ...{ kind: 'create', title: 'Jam', sku: '', link: '', facts: [], photos },
      }),
    /** Photos by group. */
    labels: async () => {
      const { ids, groups } = await pairs.teachingLabels();
      const all: number[][] = [];
      ids.forEach((id, i) => {
        all[groups[i]!] = [...(all[groups[i]!] ?? []), id];
      });
      return all;
    },
  };
}

describe('pairs', () => {
  it('join items and one another to groups to learn from', async () => {
    const { answer, item, labels, sources } = await library(8);
    expect(await labels()).toEqual([]);
    await item(1, 2);
    await answer(2, 3, true);
    await answer(5, 6, true);
    await answer(3, 5, false);
    await answer(7, 8, false);
    expect(await labels()).toEqual([
      [1, 2, 3],
      [5, 6],
    ]);
    expect(await sources()).toEqual({
      ...{ items: 1, itemPhotos: 2, answers: 4, marks: 0, contradicted: 0 },
      ...{ groups: 2, photos: 5, learnsFromMarks: true },
    });
  });

  it('are undone one by one, in any order, and tell what they contradict', async () => {
    const { answer, labels, log, undo } = await library(4);
    const first = await answer(1, 2, true);
    await answer(2, 3, true);
    const last = await answer(1, 3, false);
    expect((await log()).map((each) => [each.entry, each.alike, each.contradicted])).toEqual([
      [last, false, false],
      [2, true, false],
      [first, true, true],
    ]);
    await undo(last);
    expect(await labels()).toEqual([[1, 2, 3]]);
    await undo(first);
    expect(await labels()).toEqual([[2, 3]]);
    expect((await log()).map(({ reverted }) => reverted)).toEqual([true, false, true]);
    await undo(first);
    expect(await labels()).toEqual([[1, 2, 3]]);
    await expect(undo(99)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are there in another tab, and after all tabs were closed', async () => {
    const { answer, labels, open, store, tabs } = await library(4);
    const other = calls(tabOf(store, 'two', tabs));
    await other.log();
    await answer(1, 2, true);
    await other.answer(2, 3, true);
    expect(await other.labels()).toEqual([[1, 2, 3]]);
    expect(await labels()).toEqual([[1, 2, 3]]);
    await other.learnFromMarks(false);
    expect(await calls(tabs[0]!).mark(4, 'more', [1])).toBeNull();
    store.close();
    const later = calls(tabOf(await open(), 'three', []));
    expect(await later.labels()).toEqual([[1, 2, 3]]);
    expect((await later.sources()).learnsFromMarks).toBe(false);
  });

  it('are forgotten with a photo that is deleted for good', async () => {
    const { answer, labels, log, store, tab, exported } = await library(3);
    await answer(1, 2, true);
    await answer(2, 3, true);
    await store.trash.add([1]);
    tab.items.hear({ type: 'removed', ids: [1] });
    expect((await log()).length).toBe(1);
    await store.trash.purge(null);
    for (const host of [tab.items, tab.pairs]) host.hear({ type: 'purged', ids: [1] });
    expect(await labels()).toEqual([[2, 3]]);
    expect(await exported()).not.toContain(`${'0'.repeat(63)}1`);
  });

  it('refuse photos that are not here, and the same photo twice', async () => {
    const { answer, log } = await library(2);
    await expect(answer(1, 9, true)).rejects.toMatchObject({ code: 'not-found' });
    await expect(answer(1, 1, true)).rejects.toMatchObject({ code: 'invalid-argument' });
    expect(await log()).toEqual([]);
  });

  it('go to another library as a file, once', async () => {
    const { answer, mark, exported, undo } = await library(4);
    await undo(await answer(1, 2, true));
    await answer(2, 3, true);
    await mark(4, 'more', [3]);
    const text = await exported();
    const other = await library(4);
    await other.answer(1, 4, false);
    expect(await other.imported(text)).toBe(4);
    expect(await other.imported(text)).toBe(0);
    expect(await other.labels()).toEqual([[2, 3, 4]]);
    await expect(other.imported('[]')).rejects.toMatchObject({ code: 'bad-magic' });
  });
});

describe('marks', () => {
  it('say that a photo is like those searched for, or isn’t', async () => {
    const { mark, labels, log, sources } = await library(6);
    await mark(2, 'more', [1], [5]);
    await mark(3, 'less', [1, 2], [5]);
    expect(await labels()).toEqual([[1, 2]]);
    expect(await sources()).toMatchObject({ answers: 0, marks: 4 });
    expect(await log()).toMatchObject([
      { source: 'mark', alike: false, photos: [3, 1, 2] },
      { source: 'mark', alike: true, photos: [2, 1] },
    ]);
  });

  it('say nothing without a photo of the library, or of itself', async () => {
    const { mark, log } = await library(2);
    expect(await mark(1, 'more', [])).toBeNull();
    expect(await mark(1, 'more', [1, 9])).toBeNull();
    expect(await mark(1, 'less', [], [2])).toBeNull();
    expect(await log()).toEqual([]);
  });

  it('count no more once they are turned off, and again once they are on', async () => {
    const { answer, labels, learnFromMarks, mark, sources } = await library(4);
    await answer(1, 2, true);
    await mark(3, 'more', [1]);
    await learnFromMarks(false);
    expect(await labels()).toEqual([[1, 2]]);
    expect(await sources()).toMatchObject({ answers: 1, marks: 0, learnsFromMarks: false });
    expect(await mark(4, 'more', [1])).toBeNull();
    await learnFromMarks(true);
    expect(await labels()).toEqual([[1, 2, 3]]);
  });
});

describe('questions', () => {
  it('are about other photos each, never answered, skipped or following from answers', async () => {
    const { answer, questions } = await library(20);
    const asked = await questions();
    const photos = asked.flatMap(({ a, b }) => [a, b]);
    expect(asked).toHaveLength(8);
    expect(new Set(photos).size).toBe(16);
    // One in 20 is more similar than most, less than neighbors.
    const gaps = asked.map(({ a, b }) => Math.abs(a - b));
    expect(Math.min(...gaps)).toBeGreaterThan(1);
    expect(asked[0]!.chance).toBeCloseTo(0.5, 0);

    const { a, b } = asked[0]!;
    const { a: c, b: d } = asked[1]!;
    await answer(a, b, true);
    const isAsked = async (one: PhotoId, other: PhotoId) =>
      (await questions([[d, c]])).some(
        (each) => [one, other].includes(each.a) && [one, other].includes(each.b),
      );
    expect(await isAsked(a, b)).toBe(false);
    expect(await isAsked(c, d)).toBe(false);
  });

  it('end when everything is settled', async () => {
    const { answer, questions } = await library(3);
    expect((await questions()).length).toBe(1);
    await answer(1, 2, true);
    await answer(2, 3, false);
    expect(await questions()).toEqual([]);
  });
});
