import { tensor4d, tidy } from '@tensorflow/tfjs-core';
import {
  MODEL_LIMITS,
  type ModelInput,
  type ModelOutput,
  type ModelTap,
} from '../../base/broughtModel.ts';
import { AkinError, errorReport } from '../../base/errors.ts';
import type { NetGraph } from '../nets/netGraph.ts';
import { explain } from './explain.ts';
import type { Place, Skeleton } from './skeleton.ts';

/** Maximum places inspected, from the end: early layers say little about a photo's content. */
const MOST_PLACES = 64;
/** Maximum taps offered besides the outputs. */
const MOST_TAPS = 24;
/** Places read per run, since all their results are in memory at once. */
const AT_ONCE = 8;

/** They compute shapes rather than features, or pass their input through. */
const NO_TAPS = new Set([
  'Shape',
  'Pack',
  'StridedSlice',
  'Identity',
  'Cast',
  'Reshape',
  'Squeeze',
]);
/** They squash what distinguishes pictures: their input is more informative. */
const SQUASHING = new Set(['Softmax', 'Sigmoid', 'LogSoftmax', 'ArgMax']);
/** Fewer values are too uninformative to recommend. */
const FEW_DIMS = 32;

export interface FoundTaps {
  /** From last to first. */
  readonly taps: readonly ModelTap[];
  readonly outputs: readonly ModelOutput[];
  readonly recommended: ModelTap;
}

/** A place's output for one picture. */
interface Answer {
  readonly shape: readonly number[];
  readonly isFloat: boolean;
}

/** Runs a model up to some places. @throws whatever TF.js throws */
function shapesAt(
  graph: NetGraph,
  { name, layout }: ModelInput,
  side: number,
  names: readonly string[],
): Answer[] {
  return tidy(() => {
    const n = graph.batch ?? 1;
    // Neither empty nor uniform: some nets divide by their input.
    const values = Float32Array.from(
      { length: n * side * side * 3 },
      (_, i) => (i % 97) / 97 - (i % 13) / 26,
    );
    const shape: [number, number, number, number] =
      layout === 'nhwc' ? [n, side, side, 3] : [n, 3, side, side];
    const answers = graph.execute({ [name]: tensor4d(values, shape) }, names);
    return answers.map((answer) => ({ shape: answer.shape, isFloat: answer.dtype === 'float32' }));
  });
}

function tapOf(name: string, answer: Answer, { layout }: ModelInput, isOutput: boolean) {
  const { shape, isFloat } = answer;
  if (!isFloat || shape[0] !== 1) return null;
  const isMap = shape.length === 4;
  if (!isMap && shape.length !== 2) return null;
  const dims = shape[isMap && layout === 'nchw' ? 1 : shape.length - 1]!;
  const kind = isMap ? 'map' : 'vector';
  return { name, shape, dims, kind, isOutput } satisfies ModelTap;
}

const tooMany = (name: string, dims: number): AkinError =>
  new AkinError(
    'model-too-many-dims',
    `${name} gives ${dims.toLocaleString('en')} values a photo; Akin takes ${MODEL_LIMITS.dims.toLocaleString('en')} at most.`,
    { details: { name, dims, limit: MODEL_LIMITS.dims } },
  );

/** Why an output is unusable, in words; `null` if it is usable. */
function problemOf(name: string, answer: Answer, input: ModelInput): AkinError | null {
  const tap = tapOf(name, answer, input, true);
  if (tap && tap.dims > MODEL_LIMITS.dims) return tooMany(name, tap.dims);
  if (tap) return null;
  const what = answer.isFloat ? `has the shape [${answer.shape.join(', ')}]` : 'isn’t of floats';
  return new AkinError(
    'model-no-output',
    `${name} ${what}. Akin needs one vector ([1, values]) or one map ([1, height, width, values]) a picture.`,
    { details: { reason: 'shape', name, shape: `[${answer.shape.join(', ')}]` } },
  );
}

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((side, i) => side === b[i]);

/**
 * Whether a place has a single consumer with no other input, which keeps its shape and does not
 * squash, such as an activation.
 */
function goesOn(place: Place, places: readonly Place[], answers: ReadonlyMap<string, Answer>) {
  const takers = places.filter(({ from }) => from.includes(place.name));
  const [taker] = takers;
  if (!taker || takers.length !== 1 || taker.from.length !== 1) return false;
  const [own, next] = [answers.get(place.name), answers.get(taker.name)];
  return own && next && !SQUASHING.has(taker.op) && sameShape(own.shape, next.shape);
}

const sidesOf = ({ shape }: ModelTap, { layout }: ModelInput): number[] =>
  layout === 'nhwc' ? [shape[1]!, shape[2]!] : [shape[2]!, shape[3]!];

function recommend(taps: readonly ModelTap[], input: ModelInput, squashed: ReadonlySet<string>) {
  const isRich = ({ dims }: ModelTap) => dims >= FEW_DIMS;
  const maps = taps.filter(({ kind }) => kind === 'map');
  const vectors = taps.filter(({ kind, name }) => kind === 'vector' && !squashed.has(name));
  return (
    maps.find((tap) => isRich(tap) && Math.min(...sidesOf(tap, input)) > 1) ??
    vectors.find(isRich) ??
    maps.find(isRich) ??
    taps[0]!
  );
}

/** Names of places whose output is squashed, directly or passed through from a squashing place. */
function squashedIn(places: readonly Place[]): Set<string> {
  const squashed = new Set<string>();
  for (const { name, op, from } of places) {
    const handsOn = NO_TAPS.has(op) && from.some((each) => squashed.has(each));
    if (SQUASHING.has(op) || handsOn) squashed.add(name);
  }
  return squashed;
}

/** Runs several places at a time; those that fail together, one at a time. */
function measure(
  graph: NetGraph,
  input: ModelInput,
  side: number,
  names: readonly string[],
  onRun: (done: number) => void,
): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const chunk = names.slice(at, at + AT_ONCE);
    const measured = shapesAt(graph, input, side, chunk);
    for (const [i, answer] of measured.entries()) answers.set(chunk[i]!, answer);
    onRun(Math.min(names.length, at + AT_ONCE));
  }
  return answers;
}

/**
 * Runs a model once and finds where its features can be read.
 *
 * @param side of the pictures, in pixels
 * @throws AkinError `model-no-output`, `model-too-many-dims`, and those of `explain`
 */
export function findTaps(
  graph: NetGraph,
  skeleton: Skeleton,
  input: ModelInput,
  side: number,
  onRun: (done: number, total: number) => void = () => {},
): FoundTaps {
  const isOutput = new Set(
    skeleton.outputs.filter(({ problem }) => !problem).map(({ name }) => name),
  );
  const late = skeleton.places.slice(-MOST_PLACES);
  const looked = skeleton.places.filter(
    (place) => isOutput.has(place.name) || (late.includes(place) && !NO_TAPS.has(place.op)),
  );
  const names = looked.map(({ name }) => name);
  let answers: Map<string, Answer>;
  try {
    answers = measure(graph, input, side, names, (done) => onRun(done, names.length));
  } catch (thrown) {
    throw explain(thrown);
  }
  const outputs = skeleton.outputs.map(({ name, problem }) => {
    const answer = answers.get(name);
    const why = problem ?? (answer ? problemOf(name, answer, input) : null);
    return {
      name,
      shape: answer?.shape ?? null,
      problem: why && errorReport(why),
    };
  });
  const all = looked.toReversed().flatMap((place) => {
    const own = isOutput.has(place.name);
    if (!own && goesOn(place, skeleton.places, answers)) return [];
    return tapOf(place.name, answers.get(place.name)!, input, own) ?? [];
  });
  const fit = all.filter(({ dims }) => dims <= MODEL_LIMITS.dims);
  if (fit.length === 0) {
    const [wide] = all;
    if (wide) {
      throw new AkinError(
        'model-too-many-dims',
        `${tooMany(wide.name, wide.dims).message} Choose a model that ends earlier, or pools its features.`,
        { details: { name: wide.name, dims: wide.dims, limit: MODEL_LIMITS.dims } },
      );
    }
    const told = outputs.map(({ problem }) => problem?.message).find((message) => message);
    throw new AkinError(
      'model-no-output',
      `The model has no output that Akin can use. ${told ?? 'None of its results depends on the picture.'}`,
    );
  }
  const inner = fit.filter((tap) => !tap.isOutput).slice(0, MOST_TAPS);
  const taps = fit.filter((tap) => tap.isOutput || inner.includes(tap));
  return { taps, outputs, recommended: recommend(taps, input, squashedIn(skeleton.places)) };
}
