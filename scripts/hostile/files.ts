import { createPrng } from '../../src/base/prng.ts';
import { makeBases } from './bases.ts';
import { bombs } from './bombs.ts';
import { disguises, names, polyglots } from './disguises.ts';
import type { Family, HostileFile } from './file.ts';
import { bare, metadata } from './metadata.ts';
import { mutations } from './mutations.ts';

/** All categories; a format added to `makeBases` is in all of them. */
const FAMILIES: readonly Family[] = [
  ...mutations,
  disguises,
  bombs,
  metadata,
  polyglots,
  names,
  bare,
];

/** This many hostile files, one of each category in turn; deterministic for a seed. */
export async function hostileFiles(count: number, seed: number): Promise<HostileFile[]> {
  const chance = createPrng(seed);
  const bases = await makeBases(chance);
  const files: HostileFile[] = [];
  for (let n = 0; files.length < count; n++) {
    for (const family of FAMILIES) {
      const file = family.make(n, chance, bases);
      if (file) files.push(file);
    }
  }
  return files.slice(0, count);
}
