import { describe, expect, it } from 'vitest';
import { FORMAT_VERSION, OLDEST_VERSION, UPGRADERS, upgradeContainer } from './upgrade.ts';

/** Steps that append their number, to show which ran and in which order. */
const steps = [5, 6, 7].map((from) => ({
  from,
  upgrade: (container: ArrayBuffer) => Uint8Array.from([...new Uint8Array(container), from]).buffer,
}));

function upgraded(version: number): number[] {
  return [...new Uint8Array(upgradeContainer(new ArrayBuffer(0), version, steps, 5))];
}

describe('upgradeContainer', () => {
  it('runs every step from the container’s version onward, in order', () => {
    expect(upgraded(5)).toEqual([5, 6, 7]);
    expect(upgraded(7)).toEqual([7]);
    expect(upgraded(8)).toEqual([]);
  });

  it('rejects versions newer than the last step produces or older than the first accepts', () => {
    expect(() => upgraded(9)).toThrowError(expect.objectContaining({ code: 'too-new' }));
    expect(() => upgraded(4)).toThrowError(expect.objectContaining({ code: 'too-old' }));
  });

  it('detects a gap in the steps', () => {
    const gap = [steps[0]!, steps[2]!];
    expect(() => upgradeContainer(new ArrayBuffer(0), 5, gap, 5)).toThrowError(
      expect.objectContaining({ code: 'internal' }),
    );
  });
});

describe('the shipped steps', () => {
  it('lead from the oldest version to the current one without a gap', () => {
    expect(UPGRADERS.map(({ from }) => from)).toEqual(
      UPGRADERS.map((_, step) => OLDEST_VERSION + step),
    );
    expect(FORMAT_VERSION).toBe(OLDEST_VERSION + UPGRADERS.length);
  });
});
