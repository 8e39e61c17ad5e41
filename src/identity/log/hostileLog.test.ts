import { describe, expect, it, vi } from 'vitest';
import { buildConstraints, buildingConstraints } from '../constraints/buildConstraints.ts';
import { ConstraintGraph } from '../constraints/constraintGraph.ts';
import { faceId } from '../testing/ids.ts';
import type { Assertion } from './assertions.ts';
import { type Log, MAX_ENTRIES, MAX_WEIGHT, PEOPLE_LOG, readLog } from './log.ts';
import { importingLog, importLog } from './logFile.ts';
import { parseLog } from './parseLog.ts';
import { runInSlices, SLICE, type Sliced } from './slices.ts';

// Times depend on the machine, so assert operation counts.

const logOf = (assertions: readonly Assertion[]): Log =>
  assertions.map((assertion, i) => ({ id: i + 1, at: 1, assertions: [assertion] }));

/** A person merged through a chain, then distinct from many: newest first, the chain is last. */
const chained = (n: number): Log =>
  logOf([
    ...Array.from(
      { length: n / 2 },
      (_, i): Assertion => ({
        kind: 'merge',
        into: `p${n + i + 1}`,
        from: `p${n + i}`,
      }),
    ),
    ...Array.from(
      { length: n / 2 },
      (_, i): Assertion => ({ kind: 'distinct', a: `p${n}`, b: `p${i}` }),
    ),
  ]);

async function slicesOf(work: Sliced<unknown>): Promise<number> {
  let pauses = 0;
  await runInSlices(work, async () => {
    pauses++;
  });
  return pauses;
}

describe('joined components', () => {
  const FOES = 1_000;

  /** A node with many cannot-links, merged with components each as large as all before it. */
  function swallowed(
    join: (components: ConstraintGraph, hub: number, other: number) => void,
  ): number {
    const components = new ConstraintGraph();
    const hub = components.addNode();
    for (let i = 0; i < FOES; i++) components.addCannotLink(hub, components.addNode());
    for (let size = 2; size < FOES; size *= 2) {
      const first = components.addNode();
      for (let i = 1; i < size; i++)
        components.addMustLink(components.componentOf(first), components.addNode());
      join(components, components.componentOf(hub), components.componentOf(first));
    }
    expect(components.cannotLinksOf(components.componentOf(hub)).size).toBe(FOES);
    return components.moves;
  }

  it('keep the one with many cannot-links in place', () => {
    expect(swallowed((components, hub, other) => components.addMustLink(hub, other))).toBe(0);
    expect(
      swallowed((components, hub, other) => components.addMustLink(other, hub)),
    ).toBeLessThanOrEqual(FOES);
  });

  it('move each cannot-link O(log n) times, in any order', () => {
    for (const entry of [1, 7, 613]) {
      const components = new ConstraintGraph();
      const things = Array.from({ length: 4_000 }, () => components.addNode());
      for (let i = 0; i < things.length; i++) {
        components.addCannotLink(
          components.componentOf(i),
          components.componentOf((i * entry + 2_000) % things.length),
        );
      }
      for (let i = 0; i < things.length; i++) {
        components.addMustLink(
          components.componentOf(i),
          components.componentOf((i * 31 + entry) % things.length),
        );
      }
      expect(components.moves).toBeLessThan(things.length * 2 * Math.log2(3 * things.length));
    }
  });
});

describe('a log crafted to be slow', () => {
  it('never puts a deleted key back into a map', () => {
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
      buildConstraints(log);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
    expect(again).toBe(0);
  });

  it('is parsed and turned into constraints in slices', async () => {
    const n = 40_000;
    const log = chained(n);
    expect(await slicesOf(buildingConstraints(log))).toBeGreaterThan(n / SLICE);
    const text = JSON.stringify({ format: 'akin-people', version: 2, entries: log });
    expect(await slicesOf(importingLog(text))).toBeGreaterThan(n / SLICE);
  });

  it('is refused if it has too many entries', () => {
    const entry = (id: number) => ({ id, at: 1, reverts: 1 });
    const name = { id: 1, at: 1, assertions: [{ kind: 'name', person: 'p', name: 'x' }] };
    const entries = [name, ...Array.from({ length: MAX_ENTRIES }, (_, i) => entry(i + 2))];
    const tooMany = expect.objectContaining({ code: 'too-many-steps' });
    expect(() => readLog(entries)).toThrow(tooMany);
    const file = JSON.stringify({ format: 'akin-people', version: 2, entries });
    expect(() => importLog(file)).toThrow(tooMany);
    const kept = parseLog(entries, Number.MAX_SAFE_INTEGER);
    expect([kept.log.length, kept.unparsed.length, kept.maxId]).toEqual([
      MAX_ENTRIES,
      1,
      MAX_ENTRIES + 1,
    ]);
    expect(() =>
      PEOPLE_LOG.checkRoom(kept.log, [{ id: MAX_ENTRIES + 2, at: 1, reverts: 1 }]),
    ).toThrow(tooMany);
  });

  it('is refused if its entries name too many faces', () => {
    const faces = Array.from({ length: 50_000 }, (_, i) => faceId(i));
    const most = Math.floor(MAX_WEIGHT / 50_000);
    const entries = logOf(
      Array.from({ length: most }, (): Assertion => ({ kind: 'notFace', faces })),
    );
    expect(() => readLog(entries)).toThrow(expect.objectContaining({ code: 'too-many-steps' }));
    const kept = parseLog(entries, 100);
    expect([kept.log.length, kept.unparsed.length]).toEqual([most - 1, 1]);
    expect(() => PEOPLE_LOG.checkRoom(kept.log, entries)).toThrow(/at most 200,000 entries/);
  });
});
