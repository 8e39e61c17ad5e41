import { describe, expect, it } from 'vitest';
import { storageUse } from './quota.ts';

const NOTHING = { usedBytes: 0, quotaBytes: 0, persisted: false };

describe('storageUse', () => {
  it('returns the browser’s estimate', async () => {
    const manager = {
      estimate: async () => ({ usage: 5, quota: 100 }),
      persisted: async () => true,
    };
    expect(await storageUse(manager)).toEqual({ usedBytes: 5, quotaBytes: 100, persisted: true });
  });

  it('returns zeros if the browser has no estimate, and never rejects', async () => {
    expect(await storageUse(undefined)).toEqual(NOTHING);
    const mute = {
      estimate: () => Promise.reject(new TypeError('no')),
      persisted: () => Promise.reject(new TypeError('no')),
    };
    expect(await storageUse(mute)).toEqual(NOTHING);
  });
});
