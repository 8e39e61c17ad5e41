import { describe, expect, it } from 'vitest';
import { accuracyAt, l2, type Pair, rocAuc, tarAtFar } from './facesMetrics.ts';

const pairs: Pair[] = [
  { distance: 0.2, same: true },
  { distance: 0.4, same: true },
  { distance: 0.6, same: true },
  { distance: Number.POSITIVE_INFINITY, same: true },
  { distance: 0.5, same: false },
  { distance: 0.7, same: false },
  { distance: 0.9, same: false },
  { distance: Number.POSITIVE_INFINITY, same: false },
];

describe('face benchmark metrics', () => {
  it('compute the ROC AUC, counting ties as half', () => {
    expect(rocAuc(pairs)).toBe((4 + 4 + 3 + 0.5) / 16);
  });

  it('compute accuracy at a threshold, counting a missing face as another person', () => {
    expect(accuracyAt(pairs, 0.55)).toBe(5 / 8);
  });

  it('use the loosest threshold within the false accept rate', () => {
    expect(tarAtFar(pairs, 0)).toBe(0.5);
    expect(tarAtFar(pairs, 0.25)).toBe(0.75);
  });

  it('compute Euclidean distances', () => {
    expect(l2([0, 3], [4, 0])).toBe(5);
  });
});
