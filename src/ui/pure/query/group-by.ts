/** What each result is: a photo, or all photos found of an item or a person. */
export const GROUPS = ['photo', 'item', 'person'] as const;
export type GroupBy = (typeof GROUPS)[number];

export function isGroupBy(value: unknown): value is GroupBy {
  return GROUPS.some((each) => each === value);
}
