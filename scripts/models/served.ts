import { readFileSync } from 'node:fs';

/** A file that the app serves: its path, bytes and expected hash. */
export interface ServedFile {
  /** Path under `public/models/`. */
  readonly path: string;
  /** Expected hex SHA-256; absent for files from this repository. */
  readonly sha256?: string;
  readonly read: () => Uint8Array;
}

/** A TF.js weights group: the fields that are rewritten. */
export interface WeightsGroup {
  paths: string[];
  weights: unknown[];
}

export function encodeJson(json: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(json));
}

/** A graph model as JSON, with its shards renamed to the single weights file of each model. */
export function encodeModel(json: unknown): Uint8Array {
  const model = json as { weightsManifest: WeightsGroup[] };
  model.weightsManifest[0]!.paths = ['weights.bin'];
  return encodeJson(model);
}

/**
 * A graph model with one shard.
 *
 * @param id the folder that it is served from
 * @param stem path of its files, without `.json` and `.bin`
 */
export function graphModel(
  id: string,
  stem: string,
  modelSha256: string,
  weightsSha256: string,
): ServedFile[] {
  return [
    {
      path: `${id}/model.json`,
      sha256: modelSha256,
      read: () => encodeModel(JSON.parse(readFileSync(`${stem}.json`, 'utf8'))),
    },
    {
      path: `${id}/weights.bin`,
      sha256: weightsSha256,
      read: () => readFileSync(`${stem}.bin`),
    },
  ];
}
