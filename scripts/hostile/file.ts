import type { Prng } from '../../src/base/prng.ts';
import type { Base } from './bases.ts';

/** A file as it is handed to Akin: a name of any characters, and bytes of any kind. */
export interface HostileFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * A kind of hostility. `make` gives its `n`-th file, from 0 and from the lightest; `undefined` where it
 * has no more. It is called in that order.
 */
export interface Family {
  readonly name: string;
  make(n: number, chance: Prng, bases: readonly Base[]): HostileFile | undefined;
}

/** A family of files that are listed one by one. */
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
