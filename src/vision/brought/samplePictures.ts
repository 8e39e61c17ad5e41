import { strFromU8, unzipSync } from 'fflate';

/** A picture of the pack that ships with the app, and what kind of thing it shows. */
export interface SamplePicture {
  readonly picture: Blob;
  readonly class: string;
}

interface Item {
  readonly file?: unknown;
  readonly class?: unknown;
}

/**
 * Some pictures of the pack of samples, of all classes alike.
 *
 * @param zip the whole pack
 * @param most how many at most
 * @throws Error for what is no such pack
 */
export function samplePictures(zip: Uint8Array, most: number): SamplePicture[] {
  const index = unzipSync(zip, { filter: ({ name }) => name === 'samples.json' })['samples.json'];
  if (!index) throw new Error('samples.json is missing');
  const { items } = JSON.parse(strFromU8(index)) as { readonly items: readonly Item[] };
  const byClass = new Map<string, string[]>();
  for (const { file, class: name } of items) {
    const key = String(name);
    byClass.set(key, [...(byClass.get(key) ?? []), String(file)]);
  }
  const chosen = new Map<string, string>();
  for (let round = 0; chosen.size < Math.min(most, items.length); round++) {
    for (const [name, files] of byClass) {
      const file = files[round];
      if (file !== undefined && chosen.size < most) chosen.set(file, name);
    }
    if (round > items.length) break;
  }
  const entries = unzipSync(zip, { filter: ({ name }) => chosen.has(name) });
  return [...chosen].flatMap(([file, name]) => {
    const bytes = entries[file] as Uint8Array<ArrayBuffer> | undefined;
    return bytes ? { picture: new Blob([bytes]), class: name } : [];
  });
}
