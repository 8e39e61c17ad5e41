import { SegmentedIndex, scalarKernels } from '../../src/ann/index.ts';
import type { StoredLibrary, StoredSpace } from './readLibrary.ts';

export interface Verdict {
  /** Hashes of files neither imported nor queued, although the page had reported them as stored. */
  readonly lost: readonly string[];
  /** Hashes of photos that duplicate another's bytes. */
  readonly doubled: readonly string[];
  /** Inconsistencies, one message each. */
  readonly problems: readonly string[];
}

/**
 * Checks the contents of the browser's storage.
 *
 * @param told hashes of the files that the page had reported as stored
 */
export function judge(stored: StoredLibrary, told: ReadonlySet<string>): Verdict {
  const hashes = stored.photos.map(([, hash]) => hash);
  const here = new Set([...hashes, ...stored.waiting]);
  return {
    lost: [...told].filter((hash) => !here.has(hash)),
    doubled: hashes.filter((hash, at) => hashes.indexOf(hash) !== at),
    problems: [...stored.problems, ...stored.spaces.flatMap(checkIndex)],
  };
}

/** Mismatches between a space's saved index and its stored vectors. */
function checkIndex({ spaceId, vectors, delta, segments }: StoredSpace): string[] {
  const problems: string[] = [];
  const held = new Map<number, number>(delta.map((id) => [id, 1]));
  for (const segment of segments) {
    const { buffer } = Uint8Array.from(Buffer.from(segment, 'base64'));
    try {
      const space = { spaceId, metric: 'ip', d: dimensions(spaceId) } as const;
      const index = new SegmentedIndex(scalarKernels(), space);
      index.load(buffer);
      for (const id of index.liveIds()) held.set(id, (held.get(id) ?? 0) + 1);
    } catch (thrown) {
      problems.push(`a segment can't be loaded: ${String(thrown)}`);
    }
  }
  const known = new Set(vectors);
  for (const id of vectors) if (!held.has(id)) problems.push(`vector ${id} is in no index`);
  for (const [id, times] of held) {
    if (!known.has(id)) problems.push(`the index holds ${id}, which has no vector`);
    if (times > 1) problems.push(`the index holds ${id} ${times} times`);
  }
  return problems;
}

/** The last component of a space's id. */
function dimensions(spaceId: string): number {
  return Number(spaceId.split('/').at(-1));
}
