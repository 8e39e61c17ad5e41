import { describe, expect, it } from 'vitest';
import { matchInPhoto } from './matchInPhoto.ts';

const at = (x: number, width = 0.2, faceId = `${x} ${width}`) => ({
  faceId,
  box: { x, y: 0.125, width, height: 0.25 },
});

describe('matching faces', () => {
  it('matches boxes that overlap by more than half', () => {
    const old = at(0.3);
    expect(matchInPhoto([old], [at(0.35)])).toEqual([old]);
    expect(matchInPhoto([old], [at(0.37)])).toEqual([undefined]);
    // Exactly half is not more than half.
    expect(matchInPhoto([at(0, 0.5)], [at(0, 0.25)])).toEqual([undefined]);
    expect(matchInPhoto([old], [at(0.8)])).toEqual([undefined]);
  });

  it('uses each face once, for the best overlap', () => {
    const [near, far] = [at(0.3), at(0.34)];
    expect(matchInPhoto([far, near], [at(0.31), at(0.27)])).toEqual([near, undefined]);
    expect(matchInPhoto([near, far], [at(0.335), at(0.31)])).toEqual([far, near]);
    expect(matchInPhoto([near], [at(0.32), at(0.3)])).toEqual([undefined, near]);
  });

  it('matches faces with the same id, wherever the box is now', () => {
    const moved = at(0.34, 0.2, 'Ana');
    const other = at(0.3);
    expect(matchInPhoto([other, moved], [at(0.3, 0.2, 'Ana')])).toEqual([moved]);
  });

  it('matches nothing without boxes or with boxes without area', () => {
    expect(matchInPhoto([], [at(0.3)])).toEqual([undefined]);
    expect(matchInPhoto([at(0.3)], [])).toEqual([]);
    expect(matchInPhoto([at(0.3, 0, 'a')], [at(0.3, 0, 'b')])).toEqual([undefined]);
  });
});
