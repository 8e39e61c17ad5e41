import { isManifestRow } from '../database/rows.ts';
import type { ManifestRow } from '../database/schema.ts';

interface Stores {
  readonly manifests: { getAll(): Promise<unknown[]> };
  readonly segments: { getAllKeys(): Promise<number[]>; delete(id: number): Promise<void> };
}

/**
 * Deletes the segments that no manifest lists, of any space, within the caller's transaction.
 *
 * @returns the readable manifests
 */
export async function deleteUnlistedSegments({
  manifests,
  segments,
}: Stores): Promise<readonly ManifestRow[]> {
  const rows = (await manifests.getAll()).filter(isManifestRow);
  const listed = new Set(rows.flatMap((row) => row.segments.map((entry) => entry.id)));
  for (const id of await segments.getAllKeys()) if (!listed.has(id)) await segments.delete(id);
  return rows;
}
