import type { PhotoId, ShownNames } from '../../protocol/index.ts';

/** Names and the photos that show what is called so, in the form that crosses workers cheaply. */
export function shownNames(
  all: readonly { readonly name: string; readonly photos: Iterable<PhotoId> }[],
): ShownNames {
  const pairs = all.flatMap(({ photos }, name) => [...photos].map((id) => [id, name] as const));
  return {
    names: all.map(({ name }) => name),
    photos: Uint32Array.from(pairs, ([id]) => id),
    shown: Uint32Array.from(pairs, ([, name]) => name),
  };
}
