import { describe, expect, it } from 'vitest';
import { checkInteger, invariant } from './checks.ts';

describe('checkInteger', () => {
  it('returns values within the range, including its ends', () => {
    expect(checkInteger('k', 0, 0, 5)).toBe(0);
    expect(checkInteger('k', 5, 0, 5)).toBe(5);
  });

  it.each([-1, 6, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('rejects %s', (value) => {
    expect(() => checkInteger('k', value, 0, 5)).toThrowError(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('k') }),
    );
  });
});

describe('invariant', () => {
  it('throws only when the condition is false', () => {
    expect(() => invariant(true, 'fine')).not.toThrow();
    expect(() => invariant(false, 'broken')).toThrowError(
      expect.objectContaining({ code: 'internal', message: 'broken' }),
    );
  });
});
