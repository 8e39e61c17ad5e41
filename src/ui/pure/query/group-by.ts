import {
  GROUPS,
  type GroupBy,
  type PhotoId,
  type ResultGroup,
  type SearchHit,
} from '../../../protocol/index.ts';

export type { GroupBy } from '../../../protocol/index.ts';

export function isGroupBy(value: unknown): value is GroupBy {
  return GROUPS.some((each) => each === value);
}

/**
 * The groups as far as their photos are listed, and the listed photos that are in none.
 *
 * @param hits those that are listed
 */
export function listedGroups(
  groups: readonly ResultGroup[],
  hits: readonly SearchHit[],
): { readonly groups: readonly ResultGroup[]; readonly rest: readonly SearchHit[] } {
  const listed = new Set(hits.map(({ id }) => id));
  const grouped = new Set<PhotoId>();
  const left = groups.flatMap((group) => {
    const photos = group.photos.filter((id) => listed.has(id));
    for (const id of photos) grouped.add(id);
    return photos.length > 0 ? [{ ...group, photos }] : [];
  });
  return { groups: left, rest: hits.filter(({ id }) => !grouped.has(id)) };
}
