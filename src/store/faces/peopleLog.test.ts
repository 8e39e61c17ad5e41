import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { LogEntryRow } from '../database/schema.ts';
import { openStore } from '../open.ts';
import { freshName, openLibrary } from '../testing/library.ts';

const entry = (id: number) => ({ id, at: 1000 + id, words: [{ kind: 'name', person: `p${id}` }] });
const idsOf = (rows: readonly unknown[]) => (rows as LogEntryRow[]).map(({ id }) => id);

describe('the people log', () => {
  it('returns appended entries in order', async () => {
    const { faces } = await openLibrary();
    expect(await faces.log()).toEqual([]);
    expect(await faces.append([entry(1), entry(2)])).toEqual({ outcome: 'appended' });
    expect(await faces.append([])).toEqual({ outcome: 'appended' });
    expect(await faces.append([entry(12)])).toEqual({ outcome: 'appended' });
    expect(await faces.log()).toEqual([entry(1), entry(2), entry(12)]);
  });

  it('reports a conflict to a tab that appends second, and writes none of its entries', async () => {
    const name = freshName();
    const [one, two] = [await openStore({ name }), await openStore({ name })];
    await one.faces.append([entry(1)]);
    const answers = await Promise.all([
      one.faces.append([entry(2), entry(3)]),
      two.faces.append([{ ...entry(2), at: 5 }, entry(4)]),
    ]);
    expect(answers).toEqual([{ outcome: 'appended' }, { outcome: 'conflict', last: 3 }]);
    expect(await two.faces.log()).toEqual([entry(1), entry(2), entry(3)]);
  });

  it.each([
    ['falls', [entry(2), entry(1)]],
    ['stays', [entry(2), entry(2)]],
    ['is none', [entry(0.5)]],
    ['is beyond all', [entry(2 ** 52 + 1)]],
  ])('rejects entries whose id %s', async (_what, entries) => {
    const { faces } = await openLibrary();
    await faces.append([entry(1)]);
    await expect(faces.append(entries)).rejects.toMatchObject({ code: 'invalid-argument' });
    expect(idsOf(await faces.log())).toEqual([1]);
  });

  it('appends all entries of a command or none', async () => {
    const { faces } = await openLibrary();
    await faces.append([entry(4), entry(5)]);
    const unstorable = { id: 7, words: () => 1 } as LogEntryRow;
    await expect(faces.append([entry(6), unstorable])).rejects.toMatchObject({
      code: 'storage-failed',
    });
    expect(idsOf(await faces.log())).toEqual([4, 5]);
  });

  it('is read in chunks, including unknown rows', async () => {
    const name = freshName();
    const { faces } = await openLibrary({ name });
    const entries = Array.from({ length: 10_001 }, (_, i) => entry(i + 1));
    await faces.append(entries);
    await putRows(name, { id: 0.5 }, { id: 'x' });
    expect(idsOf(await faces.log())).toEqual([0.5, ...idsOf(entries), 'x']);
  });

  it('continues after malformed entries and ignores ids beyond the limit', async () => {
    const name = freshName();
    const { faces } = await openLibrary({ name });
    const beyond = [{ id: 2 ** 52 + 2 }, { id: Number.MAX_VALUE }, { id: 'x' }, { id: [1] }];
    await putRows(name, { id: 3, odd: true }, ...beyond);
    expect(await faces.append([entry(3)])).toEqual({ outcome: 'conflict', last: 3 });
    expect(await faces.append([entry(4)])).toEqual({ outcome: 'appended' });
    expect(await faces.log()).toEqual([{ id: 3, odd: true }, entry(4), ...beyond]);
  });
});

/** Writes rows that no version of the app would write. */
async function putRows(name: string, ...rows: readonly object[]): Promise<void> {
  const db = await openDB(name);
  for (const row of rows) await db.put('peopleLog', row);
  db.close();
}
