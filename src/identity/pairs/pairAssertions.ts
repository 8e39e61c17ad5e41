import { LogFormat } from '../log/logFormat.ts';

/** What the user said about two photos, by their content hashes: do they belong together? */
export interface PairAssertion {
  readonly kind: 'alike' | 'different';
  readonly a: string;
  readonly b: string;
  /** Asked about the two photos, or a result marked + or − of a search for the other. */
  readonly source: 'answer' | 'mark';
}

const PHOTO_HASH = /^[0-9a-f]{64}$/;

/** The log of what was said about pairs of photos. */
export const PAIR_LOG = new LogFormat<PairAssertion>({
  read: readPairAssertion,
  weightOf: () => 3,
  // Marking a result is one entry: with every photo that was searched for.
  maxAssertions: 1_000,
  upgrade: (entry) => entry,
  full: 'This is more than Akin can keep about pairs of photos: at most 200,000 changes.',
});

/** Copies the known fields of an assertion; `undefined` if the value is not one. */
export function readPairAssertion(value: unknown): PairAssertion | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, a, b, source } = value as Record<string, unknown>;
  if (kind !== 'alike' && kind !== 'different') return undefined;
  if (source !== 'answer' && source !== 'mark') return undefined;
  return isHash(a) && isHash(b) && a !== b ? { kind, a, b, source } : undefined;
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && PHOTO_HASH.test(value);
}
