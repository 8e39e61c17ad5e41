import { readFileSync } from 'node:fs';

/** One file that the app serves: where it goes, its bytes, and what they must hash to. */
export interface ServedFile {
  /** Path under `public/models/`. */
  readonly path: string;
  /** Hex SHA-256 that the content must have; absent for what this repository itself holds. */
  readonly sha256?: string;
  readonly read: () => Uint8Array;
}

/** A group of weights as TF.js writes it, with what of it is rewritten. */
export interface WeightsGroup {
  paths: string[];
  weights: unknown[];
}

export function encodeJson(json: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(json));
}

/** A graph model as JSON, its shards renamed to the one file that every model's weights are in. */
export function encodeModel(json: unknown): Uint8Array {
  const model = json as { weightsManifest: WeightsGroup[] };
  model.weightsManifest[0]!.paths = ['weights.bin'];
  return encodeJson(model);
}

/**
 * A graph model of one shard.
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
