import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import type { LogEntryRow } from '../database/schema.ts';
import { openStore } from '../open.ts';
import { freshName, openLibrary } from '../testing/library.ts';

const step = (id: number) => ({ id, at: 1000 + id, words: [{ kind: 'name', person: `p${id}` }] });
const idsOf = (rows: readonly unknown[]) => (rows as LogEntryRow[]).map(({ id }) => id);

describe('the log of people', () => {
  it('gives back the steps that were added, in order', async () => {
    const { faces } = await openLibrary();
    expect(await faces.log()).toEqual([]);
    expect(await faces.append([step(1), step(2)])).toEqual({ outcome: 'appended' });
    expect(await faces.append([])).toEqual({ outcome: 'appended' });
    expect(await faces.append([step(12)])).toEqual({ outcome: 'appended' });
    expect(await faces.log()).toEqual([step(1), step(2), step(12)]);
  });

  it('tells a tab that another was first, and writes nothing of what it has', async () => {
    const name = freshName();
    const [one, two] = [await openStore({ name }), await openStore({ name })];
    await one.faces.append([step(1)]);
    const answers = await Promise.all([
      one.faces.append([step(2), step(3)]),
      two.faces.append([{ ...step(2), at: 5 }, step(4)]),
    ]);
    expect(answers).toEqual([{ outcome: 'appended' }, { outcome: 'conflict', last: 3 }]);
    expect(await two.faces.log()).toEqual([step(1), step(2), step(3)]);
  });

  it.each([
    ['falls', [step(2), step(1)]],
    ['stays', [step(2), step(2)]],
    ['is none', [step(0.5)]],
    ['is beyond all', [step(2 ** 52 + 1)]],
  ])('refuses steps whose number %s', async (_what, steps) => {
    const { faces } = await openLibrary();
    await faces.append([step(1)]);
    await expect(faces.append(steps)).rejects.toMatchObject({ code: 'invalid-argument' });
    expect(idsOf(await faces.log())).toEqual([1]);
  });

  it('takes all steps of a deed or none', async () => {
    const { faces } = await openLibrary();
    await faces.append([step(4), step(5)]);
    const unstorable = { id: 7, words: () => 1 } as LogEntryRow;
    await expect(faces.append([step(6), unstorable])).rejects.toMatchObject({
      code: 'storage-failed',
    });
    expect(idsOf(await faces.log())).toEqual([4, 5]);
  });

  it('is read in pieces, with whatever else is kept there', async () => {
    const name = freshName();
    const { faces } = await openLibrary({ name });
    const steps = Array.from({ length: 10_001 }, (_, i) => step(i + 1));
    await faces.append(steps);
    await putRows(name, { id: 0.5 }, { id: 'x' });
    expect(idsOf(await faces.log())).toEqual([0.5, ...idsOf(steps), 'x']);
  });

  it('goes on after what is no step, and whatever has a number beyond all steps', async () => {
    const name = freshName();
    const { faces } = await openLibrary({ name });
    const beyond = [{ id: 2 ** 52 + 2 }, { id: Number.MAX_VALUE }, { id: 'x' }, { id: [1] }];
    await putRows(name, { id: 3, odd: true }, ...beyond);
    expect(await faces.append([step(3)])).toEqual({ outcome: 'conflict', last: 3 });
    expect(await faces.append([step(4)])).toEqual({ outcome: 'appended' });
    expect(await faces.log()).toEqual([{ id: 3, odd: true }, step(4), ...beyond]);
  });
});

/** Writes rows as no version of this app does. */
async function putRows(name: string, ...rows: readonly object[]): Promise<void> {
  const db = await openDB(name);
  for (const row of rows) await db.put('peopleLog', row);
  db.close();
}
