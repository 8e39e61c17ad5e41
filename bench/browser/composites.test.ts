import { expect, test } from 'vitest';
import { createPrng } from '../../src/base/prng.ts';
import { placed } from './composites.ts';

test.each([
  [800, 600, 1, 0.1],
  [800, 600, 0.5, 0.4],
  [600, 800, 3, 0.4],
  [640, 480, 4 / 3, 0.25],
])(
  'a picture pasted onto %d × %d with aspect %d covers %d of it, inside',
  (w, h, aspect, share) => {
    const prng = createPrng(1);
    for (let i = 0; i < 50; i++) {
      const { left, top, width, height } = placed(w, h, aspect, share, prng);
      expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
      expect(left + width).toBeLessThanOrEqual(w);
      expect(top + height).toBeLessThanOrEqual(h);
      expect(width / height).toBeCloseTo(aspect, 1);
      // A strip can't cover that much without sticking out.
      if (width < w && height < h) expect((width * height) / (w * h)).toBeCloseTo(share, 1);
    }
  },
);
