import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Lockfile, lockfileFaults } from './lockfileFaults.ts';

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lockfile;

/** The lockfile with one entry changed; `null` removes it. */
function withEntry(place: string, change: object | null): Lockfile {
  const { [place]: entry, ...rest } = lock.packages;
  if (!entry) throw new Error(`There is no ${place}.`);
  return { packages: change ? { ...rest, [place]: { ...entry, ...change } } : rest };
}

describe('the lockfile', () => {
  it('has a hash for every package on every platform and names no host (fix: npm run lockfile)', () => {
    expect(lockfileFaults(lock)).toEqual([]);
    // The check isn't vacuous: macOS, Windows, Arm, and both C libraries.
    for (const platform of ['darwin-arm64', 'win32-x64', 'linux-arm64', 'linux-x64-musl']) {
      expect(lock.packages[`node_modules/@biomejs/cli-${platform}`]).toBeDefined();
    }
  });
});

describe('a fault', () => {
  const place = 'node_modules/@biomejs/cli-darwin-arm64';

  it.each([
    ['an entry that is missing', null, 'may need @biomejs/cli-darwin-arm64'],
    ['an entry without a hash', { integrity: undefined }, 'no SHA-512 hash'],
    ['a hash that is too weak', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, 'no SHA-512'],
    ['an address', { resolved: 'https://example.org/cli.tgz' }, 'names where it is from'],
    ['an archive for a version', { version: 'https://example.org/cli.tgz' }, 'names where it is'],
    ['a link', { link: true }, 'names where it is from'],
  ])('is %s', (_words, change, told) => {
    const faults = lockfileFaults(withEntry(place, change));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(told);
  });

  it('is not reported when the nearest node_modules has the package', () => {
    const { [place]: entry, ...rest } = lock.packages;
    const nested = `node_modules/@biomejs/biome/${place}`;
    expect(lockfileFaults({ packages: { ...rest, [nested]: entry! } })).toEqual([]);
  });
});
