import {
  MODEL_RANGES,
  MODEL_SIDES,
  type ModelAspect,
  type ModelChoices,
} from '../../base/broughtModel.ts';
import { AkinError } from '../../base/errors.ts';
import type { LayersNet } from '../nets/layersNet.ts';
import { loadNetGraph } from '../nets/loadNetGraph.ts';
import type { NetGraph } from '../nets/netGraph.ts';
import type { NetSpec } from '../nets/spec.ts';
import { explain } from './explain.ts';
import { graphSkeleton } from './graphSkeleton.ts';
import { guessRange } from './guessRange.ts';
import { modelInput, sidesToTry } from './modelInput.ts';
import { type PackedModel, packModel } from './packModel.ts';
import { type BroughtFile, type BroughtFiles, readFiles } from './readFiles.ts';
import type { Skeleton } from './skeleton.ts';
import { type FoundTaps, findTaps } from './taps.ts';

/** A user's model, loaded on the current TF.js backend. */
export interface OpenModel extends Omit<BroughtFiles, 'model' | 'shards'>, FoundTaps {
  readonly format: NetSpec['format'];
  readonly input: ReturnType<typeof modelInput>;
  readonly aspects: readonly ModelAspect[];
  readonly guess: ModelChoices;
  readonly packed: PackedModel;
  readonly graph: NetGraph;
}

export interface OpenModelOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (stage: 'reading' | 'loading', done: number, total: number) => void;
}

/** Graph models load before any weight is read; layers models are built around theirs. */
async function load(files: BroughtFiles, packed: () => Promise<PackedModel>) {
  const { model } = files;
  if (model.format === 'graph-model') {
    const skeleton = await graphSkeleton(model);
    const input = modelInput(skeleton);
    const bytes = await packed();
    const graph = await loadNetGraph(bytes.artifacts, model.format);
    return { skeleton, input, packed: bytes, graph };
  }
  const { checkLayerClasses, layersSkeleton } = await import('./layersSkeleton.ts');
  checkLayerClasses(model);
  const bytes = await packed();
  const graph = (await loadNetGraph(bytes.artifacts, model.format)) as LayersNet;
  try {
    const skeleton = layersSkeleton(graph.net);
    return { skeleton, input: modelInput(skeleton), packed: bytes, graph };
  } catch (thrown) {
    graph.dispose();
    throw thrown;
  }
}

/** Runs a model at its declared side, or at the first common one that works. */
function findSide(
  graph: NetGraph,
  skeleton: Skeleton,
  input: OpenModel['input'],
  onRun: (done: number, total: number) => void,
): { readonly side: number; readonly taps: FoundTaps } {
  let first: unknown;
  for (const side of sidesToTry(input)) {
    try {
      return { side, taps: findTaps(graph, skeleton, input, side, onRun) };
    } catch (thrown) {
      first ??= thrown;
      if (explain(thrown).code !== 'model-failed') break;
    }
  }
  throw first;
}

/**
 * Reads a model from the user's files, checks it, loads it, and runs it once.
 *
 * @throws AkinError all codes of `TrialContract.readModel`
 */
export async function openModel(
  files: readonly BroughtFile[],
  { signal, onProgress = () => {} }: OpenModelOptions = {},
): Promise<OpenModel> {
  try {
    const found = await readFiles(files);
    signal?.throwIfAborted();
    const { model, shards: _, ...told } = found;
    const loaded = await load(found, () =>
      packModel(found, {
        ...(signal && { signal }),
        onProgress: (bytes) => onProgress('reading', bytes, found.bytes),
      }),
    );
    const { graph, input, packed, skeleton } = loaded;
    try {
      signal?.throwIfAborted();
      onProgress('loading', 0, skeleton.places.length);
      const { side, taps } = findSide(graph, skeleton, input, (done, total) =>
        onProgress('loading', done, total),
      );
      const tap = taps.recommended;
      return {
        ...told,
        ...taps,
        format: model.format,
        input,
        aspects: input.side === null ? ['crop', 'keep', 'squash'] : ['crop', 'squash'],
        guess: {
          side,
          aspect: 'crop',
          range: guessRange(skeleton, packed.artifacts),
          channels: 'rgb',
          tap: tap.name,
          pooling: tap.kind === 'map' ? 'mean' : 'none',
        },
        packed,
        graph,
      };
    } catch (thrown) {
      graph.dispose();
      throw thrown;
    }
  } catch (thrown) {
    throw explain(thrown);
  }
}

const refuse = (what: string): never => {
  throw new AkinError('invalid-argument', `The model can’t be used that way: ${what}.`);
};

/** Long sides for pictures with preserved aspect ratio: up to 16 to 9, like the built-in models. */
const longSidesFor = (side: number): number[] => [
  side,
  Math.round((side * 4) / 3),
  Math.round((side * 16) / 9),
];

/**
 * Creates the spec of a net from a model and the user's choices; the caller assigns its id.
 *
 * @throws AkinError `invalid-argument`, `model-too-many-dims`
 */
export function specFor(
  { aspects, format, input, packed, taps, outputs }: Omit<OpenModel, 'graph'>,
  choices: ModelChoices,
): Omit<NetSpec, 'id' | 'title'> {
  const { side, aspect, range, channels, pooling } = choices;
  const tap = taps.find(({ name }) => name === choices.tap);
  if (!tap) {
    const problem = outputs.find(({ name }) => name === choices.tap)?.problem;
    if (problem) throw new AkinError(problem.code, problem.message);
    return refuse('it has no such layer');
  }
  const { least, most } = MODEL_SIDES;
  if (!Number.isInteger(side) || side < least || side > most) refuse('its side is out of range');
  if (input.side !== null && side !== input.side) refuse(`its side is ${input.side}`);
  if (!aspects.includes(aspect)) refuse('it can’t keep the aspect');
  if (!Object.hasOwn(MODEL_RANGES, range)) refuse('the range is unknown');
  if (channels !== 'rgb' && channels !== 'bgr') refuse('the channels are unknown');
  const poolings = tap.kind === 'map' ? ['mean', 'central-square'] : ['none'];
  if (!poolings.includes(pooling)) refuse('the pooling doesn’t fit the layer');
  const longSides = aspect === 'keep' ? longSidesFor(side).filter((long) => long <= most) : [side];
  return {
    version: 1,
    format,
    license: 'LicenseRef-Unknown',
    input: {
      name: input.name,
      side,
      aspect,
      longSides,
      layout: input.layout,
      channels,
      ...MODEL_RANGES[range],
    },
    tap: { name: tap.name, dims: tap.dims, pooling },
    classes: null,
    files: packed.listed,
  };
}
