import { LogFormat } from '../log/logFormat.ts';

/** The user's answer about two photos, by their content hashes: do they belong together? */
export interface PairAssertion {
  readonly kind: 'alike' | 'different';
  readonly a: string;
  readonly b: string;
}

const PHOTO_HASH = /^[0-9a-f]{64}$/;

/** The log of pairs that were answered. */
export const PAIR_LOG = new LogFormat<PairAssertion>({
  read: readPairAssertion,
  weightOf: () => 3,
  // The marks of one query are one entry.
  maxAssertions: 10_000,
  upgrade: (entry) => entry,
  full: 'This is more than Akin can keep about pairs of photos: at most 200,000 changes.',
});

/** Copies the known fields of an assertion; `undefined` if the value is not one. */
export function readPairAssertion(value: unknown): PairAssertion | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, a, b } = value as Record<string, unknown>;
  if (kind !== 'alike' && kind !== 'different') return undefined;
  return isHash(a) && isHash(b) && a !== b ? { kind, a, b } : undefined;
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && PHOTO_HASH.test(value);
}
