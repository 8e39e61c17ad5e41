import { describe, expect, it } from 'vitest';
import { spaced } from './spaced.ts';

describe('progress in many small steps', () => {
  it('is reported ten times a second, and always at the start and the end', () => {
    let time = 0;
    const reported: number[] = [];
    const report = spaced(
      (share) => reported.push(share),
      () => time,
    );
    for (const share of [0, 0.1, 0.2, 0.3, 0.4, 0.5, 1]) {
      report(share);
      time += 40;
    }
    expect(reported).toEqual([0, 0.3, 1]);
  });
});
