import type { Prng } from '../../src/base/prng.ts';
import type { Base } from './bases.ts';

/** A file passed to Akin: a name of any characters, and bytes of any kind. */
export interface HostileFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * A category of hostile files. `make` returns its `n`-th file, from 0 and mildest first;
 * `undefined` after the last. Called in order.
 */
export interface Family {
  readonly name: string;
  make(n: number, chance: Prng, bases: readonly Base[]): HostileFile | undefined;
}

/** A category with an explicit list of files. */
export function listed(
  name: string,
  list: readonly (readonly [name: string, make: () => Uint8Array])[],
): Family {
  return {
    name,
    make(n) {
      const item = list[n];
      return item && { name: item[0], bytes: item[1]() };
    },
  };
}
