import type { ItemView, PersonView, PhotoId, ResultGroup } from '../../protocol/index.ts';

/** What results are grouped by, and what each photo shows: an item, or people. */
export type Shown =
  | { readonly by: 'item'; readonly shown: readonly (readonly [PhotoId, ItemView])[] }
  | { readonly by: 'person'; readonly shown: readonly (readonly [PhotoId, PersonView])[] };

/**
 * Groups results by what they show, the group of the best photo first. A photo with several people
 * is in each of their groups; one without any is in none.
 *
 * @param ids of the results, best first
 */
export function groupPhotos(ids: readonly PhotoId[], { by, shown }: Shown): ResultGroup[] {
  const keysOf = new Map<PhotoId, Set<string>>();
  const viewOf = new Map<string, ItemView | PersonView>();
  for (const [id, view] of shown) {
    viewOf.set(view.key, view);
    keysOf.set(id, (keysOf.get(id) ?? new Set()).add(view.key));
  }
  const photos = new Map<string, PhotoId[]>();
  for (const id of ids) {
    for (const key of keysOf.get(id) ?? []) {
      const listed = photos.get(key);
      if (listed) listed.push(id);
      else photos.set(key, [id]);
    }
  }
  return [...photos].map(([key, found]): ResultGroup => {
    const view = viewOf.get(key)!;
    return by === 'item'
      ? { item: view as ItemView, photos: found }
      : { person: view as PersonView, photos: found };
  });
}
