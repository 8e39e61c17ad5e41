import { AkinError } from '../../base/errors.ts';
import { isRecord } from '../../base/isRecord.ts';
import type { NetSpec } from '../nets/spec.ts';
import { readWeightGroups, type WeightGroup } from './weightSpecs.ts';

/** No `model.json` larger than this runs in a browser. */
export const MOST_JSON_BYTES = 64 * 2 ** 20;

/** The checked part of a `model.json`, and all that is passed to TF.js. */
export interface ModelJson {
  readonly format: NetSpec['format'];
  readonly topology: Readonly<Record<string, unknown>>;
  /** Graph models only: names of inputs and outputs. */
  readonly signature: Readonly<Record<string, unknown>> | undefined;
  readonly groups: readonly WeightGroup[];
}

/** Whether a parsed JSON file describes a TF.js model at all, valid or not. */
export const isModelJson = (json: unknown): json is Record<string, unknown> =>
  isRecord(json) && 'modelTopology' in json;

const isNode = (node: unknown): boolean =>
  isRecord(node) &&
  typeof node.name === 'string' &&
  typeof node.op === 'string' &&
  (node.input === undefined ||
    (Array.isArray(node.input) && node.input.every((name) => typeof name === 'string')));

function formatOf(topology: Record<string, unknown>): NetSpec['format'] | null {
  if (Array.isArray(topology.node)) {
    const isGraph = topology.node.length > 0 && topology.node.every(isNode);
    return isGraph ? 'graph-model' : null;
  }
  const config = topology.model_config ?? topology;
  const isLayers = isRecord(config) && typeof config.class_name === 'string' && 'config' in config;
  return isLayers ? 'layers-model' : null;
}

/**
 * Checks a parsed `model.json`.
 *
 * @throws AkinError `model-unreadable`, `model-wrong-weights`
 */
export function readModelJson(json: unknown): ModelJson {
  const format =
    isModelJson(json) && isRecord(json.modelTopology) ? formatOf(json.modelTopology) : null;
  if (format === null) {
    throw new AkinError(
      'model-unreadable',
      'The model.json doesn’t describe a TensorFlow.js model. Akin reads graph models and layers models, as tensorflowjs_converter writes them.',
    );
  }
  const { modelTopology, weightsManifest, userDefinedMetadata, signature } = json as {
    readonly modelTopology: Record<string, unknown>;
  } & Record<string, unknown>;
  const metadata = isRecord(userDefinedMetadata) ? userDefinedMetadata.signature : undefined;
  const named = [metadata, signature].find(isRecord);
  const isGraph = format === 'graph-model';
  return {
    format,
    // TF.js assumes that versions exist.
    topology: isGraph ? { versions: {}, ...modelTopology } : modelTopology,
    signature: isGraph ? named : undefined,
    groups: readWeightGroups(weightsManifest),
  };
}
