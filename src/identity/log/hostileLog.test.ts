import { describe, expect, it, vi } from 'vitest';
import { Bonds } from '../constraints/bonds.ts';
import { resolve, resolving } from '../constraints/resolve.ts';
import { faceId } from '../testing/ids.ts';
import { readKeptLog } from './keptLog.ts';
import { checkRoom, type Log, MAX_STEPS, MAX_WEIGHT, readLog } from './log.ts';
import { importing, importLog } from './logFile.ts';
import { runInSlices, SLICE, type Sliced } from './slices.ts';
import type { Word } from './words.ts';

// Times depend on the machine: what is asserted is how often something is done.

const logOf = (words: readonly Word[]): Log =>
  words.map((word, i) => ({ id: i + 1, at: 1, words: [word] }));

/** Somebody told apart from many, then swallowed by a chain: newest first, the chain comes last. */
const chained = (n: number): Log =>
  logOf([
    ...Array.from(
      { length: n / 2 },
      (_, i): Word => ({
        kind: 'merge',
        into: `p${n + i + 1}`,
        from: `p${n + i}`,
      }),
    ),
    ...Array.from({ length: n / 2 }, (_, i): Word => ({ kind: 'apart', a: `p${n}`, b: `p${i}` })),
  ]);

async function slicesOf(work: Sliced<unknown>): Promise<number> {
  let pauses = 0;
  await runInSlices(work, async () => {
    pauses++;
  });
  return pauses;
}

describe('bonds that are joined', () => {
  const FOES = 1_000;

  /** A thing with many foes, joined with bonds each as large as all before it. */
  function swallowed(join: (bonds: Bonds, hub: number, other: number) => void): number {
    const bonds = new Bonds();
    const hub = bonds.add();
    for (let i = 0; i < FOES; i++) bonds.part(hub, bonds.add());
    for (let size = 2; size < FOES; size *= 2) {
      const first = bonds.add();
      for (let i = 1; i < size; i++) bonds.join(bonds.of(first), bonds.add());
      join(bonds, bonds.of(hub), bonds.of(first));
    }
    expect(bonds.foesOf(bonds.of(hub)).size).toBe(FOES);
    return bonds.moves;
  }

  it('leave the one with the many foes where it is', () => {
    expect(swallowed((bonds, hub, other) => bonds.join(hub, other))).toBe(0);
    expect(swallowed((bonds, hub, other) => bonds.join(other, hub))).toBeLessThanOrEqual(FOES);
  });

  it('move each foe a logarithmic number of times, in any order', () => {
    for (const step of [1, 7, 613]) {
      const bonds = new Bonds();
      const things = Array.from({ length: 4_000 }, () => bonds.add());
      for (let i = 0; i < things.length; i++) {
        bonds.part(bonds.of(i), bonds.of((i * step + 2_000) % things.length));
      }
      for (let i = 0; i < things.length; i++) {
        bonds.join(bonds.of(i), bonds.of((i * 31 + step) % things.length));
      }
      expect(bonds.moves).toBeLessThan(things.length * 2 * Math.log2(3 * things.length));
    }
  });
});

describe('a log made to take long', () => {
  it('never puts into a map again what was taken out of it', () => {
    const log = chained(2_000);
    const deleted = new Map<unknown, Set<unknown>>();
    let again = 0;
    const { delete: drop, set } = Map.prototype;
    const spies = [
      vi.spyOn(Map.prototype, 'delete').mockImplementation(function (this: never, key) {
        const had = drop.call(this, key);
        if (had) {
          if (!deletedOf(this)) set.call(deleted, this, new Set());
          deletedOf(this)!.add(key);
        }
        return had;
      }),
      vi.spyOn(Map.prototype, 'set').mockImplementation(function (this: never, key, value) {
        if (deletedOf(this)?.has(key)) again++;
        return set.call(this, key, value);
      }),
    ];
    const deletedOf = (map: unknown) => deleted.get(map);
    try {
      resolve(log);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    expect(again).toBe(0);
  });

  it('is read and understood in slices', async () => {
    const n = 40_000;
    const log = chained(n);
    expect(await slicesOf(resolving(log))).toBeGreaterThan(n / SLICE);
    const text = JSON.stringify({ format: 'akin-people', version: 1, steps: log });
    expect(await slicesOf(importing(text))).toBeGreaterThan(n / SLICE);
  });

  it('is not taken in beyond what a log may be', () => {
    const step = (id: number) => ({ id, at: 1, undo: 1 });
    const name = { id: 1, at: 1, words: [{ kind: 'name', person: 'p', name: 'x' }] };
    const steps = [name, ...Array.from({ length: MAX_STEPS }, (_, i) => step(i + 2))];
    const tooMany = expect.objectContaining({ code: 'too-many-steps' });
    expect(() => readLog(steps)).toThrow(tooMany);
    const file = JSON.stringify({ format: 'akin-people', version: 1, steps });
    expect(() => importLog(file)).toThrow(tooMany);
    const kept = readKeptLog(steps, Number.MAX_SAFE_INTEGER);
    expect([kept.log.length, kept.unread.length, kept.taken]).toEqual([
      MAX_STEPS,
      1,
      MAX_STEPS + 1,
    ]);
    expect(() => checkRoom(kept.log, [{ id: MAX_STEPS + 2, at: 1, undo: 1 }])).toThrow(tooMany);
  });

  it('is not taken in where its steps name too many faces', () => {
    const faces = Array.from({ length: 50_000 }, (_, i) => faceId(i));
    const most = Math.floor(MAX_WEIGHT / 50_000);
    const steps = logOf(Array.from({ length: most }, (): Word => ({ kind: 'notFace', faces })));
    expect(() => readLog(steps)).toThrow(expect.objectContaining({ code: 'too-many-steps' }));
    const kept = readKeptLog(steps, 100);
    expect([kept.log.length, kept.unread.length]).toEqual([most - 1, 1]);
    expect(() => checkRoom(kept.log, steps)).toThrow(/at most 200,000 steps/);
  });
});
