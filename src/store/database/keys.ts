import type { PhotoId } from '../../protocol/index.ts';

/** All keys of a space, in id order. An empty array sorts after every number. */
export function spaceRange(spaceId: string): IDBKeyRange {
  return IDBKeyRange.bound([spaceId], [spaceId, []], true, true);
}

/** The keys of a space whose ids are greater than `after`. */
export function spaceRangeAfter(spaceId: string, after: PhotoId): IDBKeyRange {
  return IDBKeyRange.bound([spaceId, after], [spaceId, []], true, true);
}

/** Distinct positive integers of `ids`, ascending. */
export function sortedIds(ids: ArrayLike<PhotoId>): PhotoId[] {
  const valid = Array.from(ids).filter((id) => Number.isSafeInteger(id) && id > 0);
  return [...new Set(valid)].sort((a, b) => a - b);
}

/**
 * Ids (ascending, distinct) as runs of consecutive ones: `[1, 2, 3, 7]` gives `[[1, 3], [7, 7]]`.
 * One request deletes a run, say of 20,000 dismissed files.
 */
export function runsOf(ids: readonly PhotoId[]): [first: PhotoId, last: PhotoId][] {
  const runs: [PhotoId, PhotoId][] = [];
  for (const id of ids) {
    const run = runs.at(-1);
    if (run && id === run[1] + 1) run[1] = id;
    else runs.push([id, id]);
  }
  return runs;
}

/** The ranges between, before and after ids (ascending, distinct): `[1, 2, 7]` leaves three. */
export function gapsOf(ids: readonly PhotoId[]): IDBKeyRange[] {
  const gaps: IDBKeyRange[] = [];
  let before: PhotoId | undefined;
  for (const [first, last] of runsOf(ids)) {
    gaps.push(
      before === undefined
        ? IDBKeyRange.upperBound(first, true)
        : IDBKeyRange.bound(before, first, true, true),
    );
    before = last;
  }
  // Without ids the gap is everything; no number is below minus infinity.
  gaps.push(IDBKeyRange.lowerBound(before ?? -Infinity, true));
  return gaps;
}

interface Deletable {
  delete(range: IDBKeyRange): Promise<void>;
}

/** Deletes the rows with these keys (ascending, distinct) from a store keyed by id. */
export async function deleteIds(store: Deletable, ids: readonly PhotoId[]): Promise<void> {
  await Promise.all(
    runsOf(ids).map(([first, last]) => store.delete(IDBKeyRange.bound(first, last))),
  );
}

/** The same in a store keyed by space and id. */
export async function deleteSpaceIds(
  store: Deletable,
  spaceId: string,
  ids: readonly PhotoId[],
): Promise<void> {
  await Promise.all(
    runsOf(ids).map(([first, last]) =>
      store.delete(IDBKeyRange.bound([spaceId, first], [spaceId, last])),
    ),
  );
}

export interface SpaceKeyed {
  getKey(range: IDBKeyRange): Promise<readonly [string, number] | undefined>;
}

/** The spaces with any key in a store keyed by space and id: one request per space. */
export async function spacesIn(store: SpaceKeyed): Promise<string[]> {
  const spaces: string[] = [];
  let key = await store.getKey(IDBKeyRange.lowerBound([]));
  while (key) {
    spaces.push(key[0]);
    key = await store.getKey(IDBKeyRange.lowerBound([key[0], []], true));
  }
  return spaces;
}

/** A row whose id the key generator fills in; idb has no type for it. */
export function withoutId<Row extends { readonly id: number }>(row: Omit<Row, 'id'>): Row {
  return row as Row;
}
