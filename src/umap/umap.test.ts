import { describe, expect, it } from 'vitest';
import { AkinError } from '../base/errors.ts';
import { alignTo } from './alignTo.ts';
import { centralSamples } from './centralSamples.ts';
import { densityClusters } from './densityClusters.ts';
import { forceTables, pullOf, pushOf } from './forces.ts';
import { fuzzyGraph } from './fuzzyGraph.ts';
import { layOut, NONE, placeSample, trustworthiness } from './index.ts';
import { groupedVectors, neighboursOf } from './testing/groups.ts';

const D = 16;
const GROUPS = 5;
const PER_GROUP = 40;
const vectors = groupedVectors(GROUPS, PER_GROUP, D);
const n = GROUPS * PER_GROUP;
const quietly = { d: D, seed: 1, pause: async () => {} };

describe('a layout', () => {
  it('keeps neighbours together, groups apart, and finds the groups', async () => {
    const neighbours = neighboursOf(vectors, D, 10);
    const { positions, labels, central } = await layOut(vectors, neighbours, quietly);
    expect(trustworthiness(vectors, D, positions, 10)).toBeGreaterThan(0.9);
    expect(positions.every((at) => at >= 0 && at <= 1)).toBe(true);
    const groupsOf = new Map<number, Set<number>>();
    labels.forEach((label, i) => {
      if (label === NONE) return;
      groupsOf.set(label, (groupsOf.get(label) ?? new Set()).add(Math.floor(i / PER_GROUP)));
    });
    // A group may be drawn as two clusters, but no cluster holds two groups.
    for (const groups of groupsOf.values()) expect(groups.size).toBe(1);
    expect(new Set([...groupsOf.values()].flatMap((groups) => [...groups])).size).toBe(GROUPS);
    central.forEach((sample, cluster) => {
      expect(labels[sample]).toBe(cluster);
    });
  });

  it('is the same for the same seed, and another for another', async () => {
    const neighbours = neighboursOf(vectors, D, 10);
    const one = await layOut(vectors, neighbours, quietly);
    expect(await layOut(vectors, neighbours, quietly)).toEqual(one);
    const other = await layOut(vectors, neighbours, { ...quietly, seed: 2 });
    expect(other.positions).not.toEqual(one.positions);
  });

  it.each([1, 2, 3, 7])('of %i samples has a finite place for each', async (count) => {
    const few = vectors.slice(0, count * D);
    const neighbours = neighboursOf(few, D, Math.min(5, count - 1));
    const { positions } = await layOut(few, neighbours, quietly);
    expect(positions).toHaveLength(2 * count);
    expect(positions.every((at) => at >= 0 && at <= 1)).toBe(true);
  });

  it('of copies of one sample is finite', async () => {
    const copies = new Float32Array(30 * D);
    for (let i = 0; i < 30; i++) copies.set(vectors.subarray(0, D), i * D);
    const { positions } = await layOut(copies, neighboursOf(copies, D, 10), quietly);
    expect(positions.every(Number.isFinite)).toBe(true);
  });

  it('of nothing is empty', async () => {
    const empty = { k: 0, neighbours: new Uint32Array(), l2sq: new Float32Array() };
    const { positions, central } = await layOut(new Float32Array(), empty, quietly);
    expect([positions.length, central.length]).toEqual([0, 0]);
  });

  it('ends when its pause throws, and reports growing shares', async () => {
    const shares: number[] = [];
    const pause = async (share: number) => {
      shares.push(share);
      if (share > 0.3) throw new AkinError('aborted', 'Stopped.');
    };
    const layout = layOut(vectors, neighboursOf(vectors, D, 10), { ...quietly, pause });
    await expect(layout).rejects.toMatchObject({ code: 'aborted' });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it('rejects neighbours that are no samples', async () => {
    const neighbours = neighboursOf(vectors, D, 3);
    neighbours.neighbours[4] = n;
    await expect(layOut(vectors, neighbours, quietly)).rejects.toMatchObject({
      code: 'invalid-argument',
    });
  });
});

describe('the fuzzy graph', () => {
  it('is symmetric, with strengths in (0, 1] and 1 to the nearest', () => {
    const { starts, ends, weights } = fuzzyGraph(neighboursOf(vectors, D, 10));
    const weightOf = new Map<string, number>();
    for (let i = 0; i < n; i++) {
      let most = 0;
      for (let edge = starts[i]!; edge < starts[i + 1]!; edge++) {
        weightOf.set(`${i} ${ends[edge]}`, weights[edge]!);
        most = Math.max(most, weights[edge]!);
        expect(weights[edge]).toBeGreaterThan(0);
        expect(weights[edge]).toBeLessThanOrEqual(1);
      }
      expect(most).toBe(1);
    }
    for (const [edge, weight] of weightOf) {
      const [i, j] = edge.split(' ');
      expect(weightOf.get(`${j} ${i}`)).toBeCloseTo(weight, 6);
    }
  });

  it('joins both directions by a + b − ab', () => {
    // Three samples on a line at 0, 1 and 3, with two neighbours each.
    const line = Float32Array.of(0, 1, 3);
    const { starts, ends, weights } = fuzzyGraph(neighboursOf(line, 1, 2));
    expect([...starts]).toEqual([0, 2, 4, 6]);
    expect([...ends]).toEqual([1, 2, 0, 2, 0, 1]);
    // With k = 2 the strengths of a sample sum to 1, so all but the nearest have nearly none.
    expect(weights[0]).toBeCloseTo(1, 3);
    expect(weights[1]).toBeLessThan(0.01);
    expect(weights[3]).toBeCloseTo(1, 3);
  });
});

it('tabulated forces are within 1 % of the exact ones', () => {
  const { floats, bits, shift, pulls, pushes } = forceTables();
  for (let l2sq = 1e-12; l2sq < 1e12; l2sq *= 1.37) {
    floats[0] = l2sq;
    const at = bits[0]! >>> shift;
    expect(Math.abs(pulls[at]! / pullOf(l2sq) - 1)).toBeLessThan(0.01);
    expect(Math.abs(pushes[at]! / pushOf(l2sq) - 1)).toBeLessThan(0.01);
  }
});

describe('trustworthiness', () => {
  it('is 1 where the map is the space, and about a half at random', () => {
    const plane = Float32Array.from(
      { length: 400 },
      (_, at) => (Math.sin(at * 12.9898) * 43758.5453) % 1,
    );
    expect(trustworthiness(plane, 2, plane, 5)).toBe(1);
    const shuffled = plane.slice().reverse();
    expect(trustworthiness(plane, 2, shuffled, 5)).toBeLessThan(0.7);
  });

  it('follows the formula of Venna and Kaski', () => {
    // Of 0, 1, 2, 3, 4 on a line, the map swaps the ends: each end finds the other's neighbour.
    const line = Float32Array.of(0, 1, 2, 3, 4);
    const map = Float32Array.of(4, 0, 1, 0, 2, 0, 3, 0, 0, 0);
    // Nearest on the map, ties to the lower number: 3, 2, 1, 0, 1. Their ranks on the line: 3, 2, 1,
    // 4, 3, so the ranks beyond the first sum to 8.
    expect(trustworthiness(line, 1, map, 1)).toBeCloseTo(1 - (2 * 8) / (5 * 1 * (10 - 3 - 1)), 6);
  });
});

it('alignment undoes a move, a turn and a scale, and leaves what really moved', () => {
  const before = Float32Array.from({ length: 40 }, (_, i) => Math.sin(7 * i));
  const turned = new Float32Array(40);
  for (let i = 0; i < 20; i++) {
    const [x, y] = [before[2 * i]!, before[2 * i + 1]!];
    turned[2 * i] = 3 + 2 * (0.8 * x - 0.6 * y);
    turned[2 * i + 1] = -1 + 2 * (0.6 * x + 0.8 * y);
  }
  const aligned = turned.slice();
  alignTo(aligned, before);
  for (const [i, at] of aligned.entries()) expect(at).toBeCloseTo(before[i]!, 5);
  turned[0]! += 4;
  alignTo(turned, before);
  expect(Math.abs(turned[0]! - before[0]!)).toBeGreaterThan(1);
  expect(Math.abs(turned[6]! - before[6]!)).toBeLessThan(0.5);
  alignTo(new Float32Array(), new Float32Array());
});

describe('density clusters', () => {
  it('separates what is separate, largest first, and leaves strays out', () => {
    const points: number[] = [];
    for (let i = 0; i < 60; i++) points.push(0.2 + (i % 8) / 200, 0.2 + Math.floor(i / 8) / 200);
    for (let i = 0; i < 30; i++) points.push(0.8 + (i % 6) / 200, 0.7 + Math.floor(i / 6) / 200);
    points.push(0.5, 0.95);
    const { labels, count } = densityClusters(Float32Array.from(points));
    expect(count).toBe(2);
    expect(new Set(labels.subarray(0, 60))).toEqual(new Set([0]));
    expect(new Set(labels.subarray(60, 90))).toEqual(new Set([1]));
    expect(labels[90]).toBe(NONE);
  });

  it('takes points on the border, and none at all', () => {
    expect(densityClusters(Float32Array.of(0, 0, 1, 1, 0, 1)).labels).toHaveLength(3);
    expect(densityClusters(new Float32Array()).count).toBe(0);
  });
});

it('the central sample is the one most others are near to', () => {
  // A star: all have sample 2 as their neighbour.
  const neighbours = {
    k: 1,
    neighbours: Uint32Array.of(2, 2, 0, 2),
    l2sq: Float32Array.of(1, 1, 1, 1),
  };
  expect([...centralSamples(neighbours, [0, 0, 0, 0], 1)]).toEqual([2]);
  // Votes from other clusters don't count.
  expect([...centralSamples(neighbours, [0, 1, 0, 1], 2)]).toEqual([0, 1]);
});

describe('a sample placed later', () => {
  const at = (x: number, cluster: number, l2sq: number) => ({ x, y: 0.5, cluster, l2sq });

  it('lies among its neighbours, nearer to nearer ones', () => {
    const { x, y, cluster } = placeSample([at(0.2, 3, 0.1), at(0.4, 3, 0.5)]);
    expect(cluster).toBe(3);
    expect(y).toBeCloseTo(0.5, 6);
    expect(x).toBeGreaterThan(0.2);
    expect(x).toBeLessThan(0.25);
  });

  it('never lies between clusters', () => {
    expect(placeSample([at(0.2, 3, 0.1), at(0.9, 4, 0.1), at(0.9, 4, 0.11)]).x).toBeCloseTo(0.2, 6);
  });

  it('lies on a copy', () => {
    expect(placeSample([at(0.3, 1, 0)])).toEqual({ x: 0.3, y: 0.5, cluster: 1 });
  });
});
