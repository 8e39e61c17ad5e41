import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { AkinEvent, StoredTerm } from '../../protocol/index.ts';
import { openStore } from '../../store/index.ts';
import { storedQueryHandlers } from './storedQueryHandlers.ts';

const { signal } = new AbortController();
const word = (text: string, mark: StoredTerm['mark'] = 'more'): StoredTerm => ({
  kind: 'word',
  text,
  mark,
});
const person: StoredTerm = { kind: 'person', key: 'a1', name: 'Ana', mark: 'more' };
let made = 0;

async function open() {
  const name = `queries ${++made}`;
  const store = await openStore({ name });
  const events: AkinEvent[] = [];
  let clock = 1_000_000;
  const calls = storedQueryHandlers({
    store: async () => store,
    broadcast: (event) => events.push(event),
    now: () => clock,
  });
  return {
    name,
    store,
    events,
    calls,
    later: (minutes: number) => {
      clock += minutes * 60_000;
    },
    remember: async (...terms: readonly StoredTerm[]) => {
      clock += 1_000;
      await calls.rememberQuery(signal, terms);
    },
    /** Names, or else the words of each, newest first. */
    list: async () =>
      (await calls.storedQueries(signal)).map(
        ({ name, terms }) =>
          name ?? terms.map((term) => (term.kind === 'word' ? term.text : term.kind)).join(' '),
      ),
  };
}

describe('recent queries', () => {
  it('are listed newest first, each once, whatever its marks', async () => {
    const { remember, list, events } = await open();
    await remember(word('cat'));
    await remember(word('dog'));
    await remember(word('cat', 'less'));
    expect(await list()).toEqual(['cat', 'dog']);
    expect(events).toEqual(Array(3).fill({ type: 'queries' }));
  });

  it('that refine the last one take its place, until some time has passed', async () => {
    const { remember, list, later } = await open();
    await remember(word('dog'));
    await remember(word('dog'), word('beach'));
    expect(await list()).toEqual(['dog beach']);
    // Terms taken away on the way to another search.
    await remember(word('dog'));
    await remember(word('cat'));
    expect(await list()).toEqual(['cat', 'dog beach']);
    later(11);
    await remember(word('cat'), word('sofa'));
    later(11);
    await remember(word('cat'));
    expect(await list()).toEqual(['cat', 'cat sofa', 'dog beach']);
  });

  it('are twenty at most, beside those that were saved', async () => {
    const { calls, remember, list } = await open();
    await calls.saveQuery(signal, 'Pets', [word('dog')]);
    for (let i = 0; i < 25; i++) await remember(word(`w${i}`));
    const all = await list();
    expect(all).toHaveLength(21);
    expect(all[0]).toBe('w24');
    expect(all).toContain('Pets');
    // All recent ones go at once, and come back.
    const removed = await calls.removeQueries(signal, null);
    expect(removed).toHaveLength(20);
    expect(await list()).toEqual(['Pets']);
    await calls.restoreQueries(signal, removed);
    expect((await list()).sort()).toEqual([...all].sort());
  });

  it('never contain a picture from outside, or anything that is no term', async () => {
    const { calls, list } = await open();
    for (const bad of [
      [{ kind: 'picture', picture: new Blob(['x']), mark: 'more' }],
      [{ kind: 'region', box: { x: 0, y: 0, width: 1, height: 1 }, mark: 'more' }],
      [{ kind: 'filter', filter: { mood: ['good'] }, label: 'Good', mark: 'more' }],
      [],
      'dog',
    ]) {
      const remembered = calls.rememberQuery(signal, bad as readonly StoredTerm[]);
      await expect(remembered).rejects.toMatchObject({ code: 'invalid-argument' });
    }
    expect(await list()).toEqual([]);
  });
});

describe('saved queries', () => {
  it('keep what they are grouped by, through renaming, removing and restoring', async () => {
    const { calls } = await open();
    const { id } = await calls.saveQuery(signal, 'Pets', [word('dog')], 'item');
    await calls.saveQuery(signal, 'Cats', [word('cat')], 'color' as never);
    await calls.renameQuery(signal, id, 'Dogs');
    const removed = await calls.removeQueries(signal, [id]);
    await calls.restoreQueries(signal, removed);
    const all = await calls.storedQueries(signal);
    expect(all.map(({ name, groupBy }) => [name, groupBy])).toEqual(
      expect.arrayContaining([
        ['Dogs', 'item'],
        ['Cats', undefined],
      ]),
    );
  });

  it('are renamed, removed and restored', async () => {
    const { calls, list, store } = await open();
    const { id } = await calls.saveQuery(signal, ' Pets ', [word('dog')]);
    expect(await list()).toEqual(['Pets']);
    await calls.renameQuery(signal, id, 'Dogs');
    const removed = await calls.removeQueries(signal, [id]);
    expect(removed).toMatchObject([{ id, name: 'Dogs', terms: [word('dog')] }]);
    expect(await list()).toEqual([]);
    await calls.restoreQueries(signal, removed);
    expect(await list()).toEqual(['Dogs']);
    await expect(calls.renameQuery(signal, id, ' ')).rejects.toMatchObject({
      code: 'invalid-argument',
    });
    await expect(calls.renameQuery(signal, 'none', 'A')).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(
      calls.restoreQueries(signal, [{ id: 'a', name: null, at: 1, terms: [] }]),
    ).rejects.toMatchObject({ code: 'invalid-argument' });
    expect(await store.isEmpty()).toBe(false);
    await store.clear();
    expect(await list()).toEqual([]);
  });

  it('of a later version, or damaged, are neither shown nor deleted', async () => {
    const { name, calls, list, remember } = await open();
    const db = await openDB(name);
    const odd = [
      { id: 'later', name: 'Album', at: 5, terms: [{ kind: 'album', mark: 'more' }] },
      { id: 'damaged', at: 'noon', terms: [word('dog')] },
      { id: 'long', name: 'x'.repeat(300), at: 5, terms: [word('dog')] },
    ];
    for (const row of odd) await db.put('queries', row);
    await remember(word('cat'));
    expect(await list()).toEqual(['cat']);
    await calls.removeQueries(signal, null);
    expect(await list()).toEqual([]);
    expect(await db.getAll('queries')).toHaveLength(3);
    db.close();
  });

  it('do without people once all face data is erased, and recent ones with people go', async () => {
    const { calls, remember, list, store, name } = await open();
    await calls.saveQuery(signal, 'Ana’s dog', [word('dog'), person]);
    await calls.saveQuery(signal, 'Ana', [person]);
    await calls.saveQuery(signal, 'Cats', [word('cat')]);
    await remember(word('sea'), person);
    await remember(word('sky'));
    await store.faces.erase([]);
    expect((await list()).sort()).toEqual(['Ana’s dog', 'Cats', 'sky']);
    const db = await openDB(name);
    const rows = JSON.stringify((await db.getAll('queries')).map(({ terms }) => terms as unknown));
    expect(rows).not.toContain('Ana');
    db.close();
  });
});
