import { invariant } from '../../base/checks.ts';
import { AkinError } from '../../base/errors.ts';

/**
 * One step from a version of the format to the next: from bytes to bytes, pure, and never changed
 * once released. It checks what it reads, as the reader does, for it runs before the reader's own
 * checks: those know only the current version.
 */
export interface Upgrader {
  /** The version it takes; it gives `from + 1`. */
  readonly from: number;
  upgrade(container: ArrayBuffer): ArrayBuffer;
}

/** The oldest version that can still be read. */
export const OLDEST_VERSION = 1;

/** Every step from `OLDEST_VERSION` on, without a gap. Version 1 is the first, so there is none. */
export const UPGRADERS: readonly Upgrader[] = [];

/** The version that is written. */
export const FORMAT_VERSION = OLDEST_VERSION + UPGRADERS.length;

/**
 * Brings a container of an older version to the current one, a step at a time.
 *
 * @param version what the container says it is
 * @returns the container itself where it is current already
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
