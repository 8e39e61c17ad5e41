import { AkinError } from '../../base/errors.ts';
import type { ModelFiles } from '../models.ts';
import type { CalibrationTable } from '../types.ts';
import { isCalibration, readFit } from './fit.ts';
import { memoryFiles } from './memoryFiles.ts';
import type { Projection } from './projection.ts';
import { type NetSpec, readNetSpec } from './spec.ts';

// Free of TF.js: see `projection.ts`.

/** What turns photos into vectors: a model that ships with the app, or a user's. */
export type ModelSource =
  | { readonly kind: 'built-in'; readonly id: string }
  | {
      readonly kind: 'user';
      readonly id: string;
      readonly spaceId: string;
      readonly spec: NetSpec;
      readonly calibration: CalibrationTable;
      /** The net's files by their names in the spec: `model.json` and those it names. */
      readonly files: Readonly<Record<string, ArrayBuffer>>;
    };

/** The default model for photos. */
export const DEFAULT_MODEL = { kind: 'built-in', id: 'visual-v2' } as const;

/** A net of a model, and the projection of its features to a part of the vector. */
export interface ModelPart {
  readonly spec: NetSpec;
  /** `null`: the features are used directly. */
  readonly projection: Projection | null;
  /** Access to the net's files. */
  readonly files: ModelFiles;
}

/** A model before its nets are loaded. */
export interface Model {
  readonly spaceId: string;
  readonly d: number;
  readonly parts: readonly ModelPart[];
  readonly calibration: CalibrationTable;
}

const corrupt = (what: string): AkinError =>
  new AkinError(
    'model-corrupt',
    `A model is damaged (${what}). Reload the page; if that does not help, add the model again.`,
  );

/** A source from another worker or the store. */
export interface UncheckedSource {
  readonly kind: ModelSource['kind'];
  readonly id: string;
  readonly spaceId?: unknown;
  readonly spec?: unknown;
  readonly calibration?: unknown;
  readonly files?: unknown;
}

/** @throws AkinError `model-corrupt` */
export function readModelSource(source: UncheckedSource): ModelSource {
  const { id, spaceId, spec, calibration, files } = source;
  if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9-]{0,63}$/.test(id)) throw corrupt('id');
  if (source.kind === 'built-in') return { kind: 'built-in', id };
  if (typeof spaceId !== 'string' || spaceId.length > 200) throw corrupt('space');
  if (!isCalibration(calibration)) throw corrupt('calibration');
  const isFiles = (value: unknown): value is Record<string, ArrayBuffer> =>
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((each) => each instanceof ArrayBuffer);
  if (!isFiles(files)) throw corrupt('files');
  return { kind: 'user', id, spaceId, spec: readNetSpec(spec), calibration, files };
}

async function builtIn(id: string, served: ModelFiles): Promise<Model> {
  const [json, bytes] = await Promise.all([
    served.json(`${id}/fit.json`),
    served.bytes(`${id}/fit.bin`),
  ]);
  const fit = readFit(json, bytes, served.sha256(`${id}/fit.bin`));
  const parts = await Promise.all(
    fit.parts.map(async ({ net, projection }) => {
      const spec = readNetSpec(await served.json(`${net}/spec.json`));
      if (spec.id !== net || spec.tap.dims !== projection.dims) {
        throw corrupt(`${id} doesn’t fit its net ${net}`);
      }
      return { spec, projection, files: served };
    }),
  );
  return { spaceId: `${id}/${fit.id}/${fit.d}`, d: fit.d, parts, calibration: fit.calibration };
}

/**
 * Reads the parts of a model.
 *
 * @param served the files under `models/` on the app's own origin
 * @throws AkinError `model-missing`, `model-corrupt`
 */
export async function loadModel(source: ModelSource, served: ModelFiles): Promise<Model> {
  if (source.kind === 'built-in') return builtIn(source.id, served);
  const { spaceId, calibration } = source;
  // The classes of an unknown net are meaningless to Akin.
  const spec = { ...source.spec, classes: null };
  const part = { spec, projection: null, files: memoryFiles(spec, source.files) };
  return { spaceId, d: spec.tap.dims, parts: [part], calibration };
}
