import { invariant } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';

/**
 * One step from a format version to the next: a pure function of bytes, never changed once
 * released. It validates its input as the reader does, because it runs before the reader's own
 * checks, which know only the current version.
 */
export interface Upgrader {
  /** Source version; the result has version `from + 1`. */
  readonly from: number;
  upgrade(container: ArrayBuffer): ArrayBuffer;
}

/** The oldest version that can still be read. */
export const OLDEST_VERSION = 1;

/** Every step from `OLDEST_VERSION` on, without gaps. None yet: version 1 is the first. */
export const UPGRADERS: readonly Upgrader[] = [];

/** The version written. */
export const FORMAT_VERSION = OLDEST_VERSION + UPGRADERS.length;

/**
 * Upgrades a container to the current version, one step at a time.
 *
 * @param version the container's version
 * @returns the container itself if it is already current
 * @throws `too-new` for a version after the current one, `too-old` for one before the first
 */
export function upgradeContainer(
  container: ArrayBuffer,
  version: number,
  upgraders: readonly Upgrader[] = UPGRADERS,
  oldest: number = OLDEST_VERSION,
): ArrayBuffer {
  const current = oldest + upgraders.length;
  if (version > current) {
    throw new AkinError(
      'too-new',
      `this index was saved by a newer Akin (format ${version}; this one reads up to ${current})`,
    );
  }
  if (version < oldest) {
    throw new AkinError(
      'too-old',
      `this index is of format ${version}; the oldest that can be read is ${oldest}`,
    );
  }
  let upgraded = container;
  for (let step = version; step < current; step++) {
    const upgrader = upgraders[step - oldest];
    invariant(upgrader?.from === step, `no upgrader from format ${step}`);
    upgraded = upgrader.upgrade(upgraded);
  }
  return upgraded;
}
