import { strToU8, type Zippable, zipSync } from 'fflate';
import type { SampleItem } from '../../src/engine/importing/samples.ts';

/** The only file of a sample archive that is not a picture. */
export const MANIFEST_ENTRY = 'samples.json';

/** Contents of `samples.json`. */
export interface SampleManifest {
  readonly version: 1;
  readonly items: readonly SampleItem[];
}

/**
 * Packs pictures and their manifest into one ZIP, reproducibly.
 *
 * @throws Error when two items name the same entry
 */
export function packSamples(
  pictures: readonly { readonly item: SampleItem; readonly bytes: Uint8Array }[],
): Uint8Array {
  const manifest: SampleManifest = { version: 1, items: pictures.map(({ item }) => item) };
  const entries: Zippable = {
    [MANIFEST_ENTRY]: [strToU8(JSON.stringify(manifest)), { level: 9 }],
  };
  for (const { item, bytes } of pictures) {
    if (Object.hasOwn(entries, item.file)) throw new Error(`Two samples are named ${item.file}.`);
    // WebP is already compressed.
    entries[item.file] = [bytes, { level: 0 }];
  }
  // ZIP stores local time: built from local parts, this is the format's epoch in every time zone.
  // The OS field is pinned too, or the header would depend on the building system.
  return zipSync(entries, { mtime: new Date(1980, 0, 1), os: 3 });
}
