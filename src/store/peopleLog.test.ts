import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { openStore } from './open.ts';
import type { AkinSchema, StepRow } from './schema.ts';
import { freshName, openLibrary } from './testing/library.ts';

const step = (id: number) => ({ id, at: 1000 + id, words: [{ kind: 'name', person: `p${id}` }] });
const idsOf = (steps: readonly StepRow[]) => steps.map(({ id }) => id);

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
  ])('refuses steps whose number %s', async (_what, steps) => {
    const { faces } = await openLibrary();
    await faces.append([step(1)]);
    for (const write of [faces.append(steps), faces.replaceLog(steps)]) {
      await expect(write).rejects.toMatchObject({ code: 'invalid-argument' });
    }
    expect(idsOf(await faces.log())).toEqual([1]);
  });

  it('can be replaced as a whole, or not at all', async () => {
    const { faces } = await openLibrary();
    await faces.append([step(1), step(2), step(9)]);
    await faces.replaceLog([step(4), step(5)]);
    expect(idsOf(await faces.log())).toEqual([4, 5]);
    const unstorable = { id: 6, words: () => 1 } as StepRow;
    await expect(faces.replaceLog([step(1), unstorable])).rejects.toMatchObject({
      code: 'storage-failed',
    });
    await expect(faces.append([step(6), { ...unstorable, id: 7 }])).rejects.toThrow();
    expect(idsOf(await faces.log())).toEqual([4, 5]);
  });

  it('is read in pieces, without what is no step', async () => {
    const name = freshName();
    const { faces } = await openLibrary({ name });
    const steps = Array.from({ length: 10_001 }, (_, i) => step(i + 1));
    await faces.replaceLog(steps);
    const db = await openDB<AkinSchema>(name);
    await db.put('peopleLog', { id: 0.5 });
    db.close();
    expect(idsOf(await faces.log())).toEqual(idsOf(steps));
  });
});
