import { AkinError } from '../base/errors.ts';
import { isRecord } from '../base/isRecord.ts';
import { sha256 } from './sha256.ts';

/** One file's entry in `public/models/manifest.json`. */
export interface ManifestEntry {
  readonly bytes: number;
  /** Lower-case hex, 64 digits. */
  readonly sha256: string;
}

/** Maps paths under `models/` to their expected contents. */
export type Manifest = ReadonlyMap<string, ManifestEntry>;

/** No model file of Akin comes near this; a larger entry in the manifest is rejected. */
const MAX_FILE_BYTES = 256 * 2 ** 20;

/**
 * Checks a parsed `manifest.json`.
 *
 * @throws AkinError `model-corrupt`
 */
export function readManifest(json: unknown): Manifest {
  const refuse = (what: string): never => {
    throw new AkinError(
      'model-corrupt',
      `The list of model files is damaged (${what}). Reload the page; if that does not help, install Akin again.`,
    );
  };
  if (!isRecord(json) || json.version !== 1 || !isRecord(json.files)) return refuse('no files');
  const manifest = new Map<string, ManifestEntry>();
  for (const [path, entry] of Object.entries(json.files)) {
    // Only plain relative paths: the manifest must not point anywhere else.
    if (!/^[\w-]+(\/[\w-][\w.-]*)+$/.test(path)) return refuse('a path');
    if (!isRecord(entry)) return refuse(path);
    const { bytes, sha256 } = entry;
    if (typeof bytes !== 'number' || !Number.isInteger(bytes)) return refuse(`size of ${path}`);
    if (bytes < 1 || bytes > MAX_FILE_BYTES) return refuse(`size of ${path}`);
    if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) {
      return refuse(`hash of ${path}`);
    }
    manifest.set(path, { bytes, sha256 });
  }
  return manifest;
}

/**
 * Checks a model file's bytes against the manifest before anything else reads them.
 *
 * @throws AkinError `model-corrupt`
 */
export async function checkBytes(
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
  entry: ManifestEntry,
): Promise<void> {
  const refuse = (what: string): never => {
    throw new AkinError(
      'model-corrupt',
      `The model file ${path} is damaged (${what}). Reload the page to fetch it again; if that does not help, install Akin again.`,
    );
  };
  if (bytes.byteLength !== entry.bytes) {
    refuse(`${bytes.byteLength} bytes instead of ${entry.bytes}`);
  }
  if ((await sha256(bytes)) !== entry.sha256) refuse('its SHA-256 is another');
}
