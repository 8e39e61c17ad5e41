import { strToU8, type Zippable, zipSync } from 'fflate';
import type { SampleItem } from '../../src/engine/importing/samples.ts';

/** The one file of a sample archive that is no picture. */
export const MANIFEST_ENTRY = 'samples.json';

/** What `samples.json` holds. */
export interface SampleManifest {
  readonly version: 1;
  readonly items: readonly SampleItem[];
}

/**
 * Packs pictures and their manifest into one ZIP, the same bytes for the same input.
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
    // WebP is compressed already.
    entries[item.file] = [bytes, { level: 0 }];
  }
  // ZIP keeps the local time: built from local parts, this is the format's epoch in every zone.
  // The system is pinned too, or the header would tell which one the archive was made on.
  return zipSync(entries, { mtime: new Date(1980, 0, 1), os: 3 });
}
