import { strFromU8, unzipSync } from 'fflate';

interface Item {
  readonly file?: unknown;
  readonly class?: unknown;
}

/**
 * Selects pictures from the sample pack, evenly across classes.
 *
 * @param zip the whole pack
 * @param most maximum number
 * @throws Error if it is not a sample pack
 */
export function samplePictures(zip: Uint8Array, most: number): Blob[] {
  const index = unzipSync(zip, { filter: ({ name }) => name === 'samples.json' })['samples.json'];
  if (!index) throw new Error('samples.json is missing');
  const { items } = JSON.parse(strFromU8(index)) as { readonly items: readonly Item[] };
  const byClass = new Map<string, string[]>();
  for (const { file, class: name } of items) {
    const key = String(name);
    byClass.set(key, [...(byClass.get(key) ?? []), String(file)]);
  }
  const chosen = new Set<string>();
  for (let round = 0; chosen.size < Math.min(most, items.length); round++) {
    for (const files of byClass.values()) {
      const file = files[round];
      if (file !== undefined && chosen.size < most) chosen.add(file);
    }
    if (round > items.length) break;
  }
  const entries = unzipSync(zip, { filter: ({ name }) => chosen.has(name) });
  return [...chosen].flatMap((file) => {
    const bytes = entries[file] as Uint8Array<ArrayBuffer> | undefined;
    return bytes ? [new Blob([bytes])] : [];
  });
}
