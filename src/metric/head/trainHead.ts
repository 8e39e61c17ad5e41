import {
  add,
  div,
  keep,
  matMul,
  mul,
  relu,
  type Scalar,
  sqrt,
  square,
  sum,
  type Tensor,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tidy,
  train,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import { createPrng } from '../../base/prng.ts';
import { extendAll } from '../calibration.ts';
import { gatherRows, type Samples } from '../methods.ts';
import { type Head, HeadCalibration } from '../replaced.ts';
import { innerProducts } from '../trial/cosines.ts';
import { meansOf, noAnswers, RankingMeter } from '../trial/retrieval.ts';
import { makeRounds } from '../trial/rounds.ts';
import { Batches } from './batches.ts';
import { registerGradients } from './gradients.ts';
import { type MinedLoss, multiSimilarity, semiHardTriplets } from './mining.ts';

export interface TrainHeadOptions {
  readonly loss: 'triplet' | 'multi-similarity';
  /** Width of the hidden layer; 0 for a linear head. */
  readonly hidden: number;
  readonly seed: number;
  readonly maxEpochs: number;
  /** Lets other work run, and throws if the job was canceled. */
  readonly onEpoch: (news: EpochNews) => Promise<void>;
}

export interface EpochNews {
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number;
  /** precision@1 on held-out samples. */
  readonly heldOut: number;
  /** The triplet with the largest loss, as samples, with its cosines before the step. */
  readonly triplet: {
    readonly anchor: number;
    readonly positive: number;
    readonly negative: number;
    readonly positiveCosine: number;
    readonly negativeCosine: number;
  } | null;
}

/** Squared distance by which negatives should be farther than positives. */
export const MARGIN = 0.2;
const BATCH = 96;
const SAMPLES_PER_CLASS = 4;
const LEARNING_RATE = 1e-3;
/** Pulls the residual towards zero, and so the head towards identity. */
const DECAY = 1e-3;
/** Epochs without improvement on what is held out before training stops. */
const PATIENCE = 8;
/** Steps of an epoch: with few classes, several passes over them. */
const STEPS = 8;

/**
 * Trains a residual head `x + f(x)`, which starts at identity, with Adam. Part of the samples is
 * held out, in whole groups as far as possible, and the head of the epoch that answers them best is
 * returned; the head without training, if none is better. Runs on the current TF.js backend and
 * leaves no tensor behind.
 *
 * @returns `null` if too few samples are left to learn from
 * @throws whatever `onEpoch` throws, and TF.js errors
 */
export async function trainHead(
  { d, vectors, classes }: Samples,
  options: TrainHeadOptions,
): Promise<Head | null> {
  const { loss, hidden, seed, maxEpochs, onEpoch } = options;
  const prng = createPrng(seed);
  const round = makeRounds(classes, prng)[0]!;
  const rows = round.learned;
  const own = gatherRows(vectors, rows, d);
  const held = gatherRows(vectors, round.held, d);
  const heldGroups = Uint32Array.from(round.held, (i) => classes[i]!);
  registerGradients();
  const batches = new Batches(round.classes, prng, BATCH, SAMPLES_PER_CLASS);
  if (batches.epoch().length === 0) return null;
  const weights = initial(d, hidden, prng.normal);
  const optimizer = train.adam(LEARNING_RATE);
  try {
    let best = await headOf(weights, d, hidden);
    let bestScore = scoreOf(best, loss, held, heldGroups).map;
    let stale = 0;
    for (let epoch = 1; epoch <= maxEpochs && stale < PATIENCE; epoch++) {
      let total = 0;
      let triplet: EpochNews['triplet'] = null;
      let steps = 0;
      do {
        for (const batch of batches.epoch()) {
          const step = await trainStep(batch, own, round.classes, d, loss, weights, optimizer);
          total += step.loss;
          steps++;
          const found = step.triplet;
          triplet = found && {
            anchor: rows[batch[found.anchor]!]!,
            positive: rows[batch[found.positive]!]!,
            negative: rows[batch[found.negative]!]!,
            positiveCosine: step.cosines[found.anchor * batch.length + found.positive]!,
            negativeCosine: step.cosines[found.anchor * batch.length + found.negative]!,
          };
        }
      } while (steps < STEPS);
      const head = await headOf(weights, d, hidden);
      const score = scoreOf(head, loss, held, heldGroups);
      stale++;
      if (score.map > bestScore) {
        best = head;
        bestScore = score.map;
        stale = 0;
      }
      await onEpoch({
        epoch,
        epochs: maxEpochs,
        loss: total / steps,
        heldOut: score.precision1,
        triplet,
      });
    }
    return best;
  } finally {
    for (const each of weights) each.dispose();
    optimizer.dispose();
  }
}

interface Step extends MinedLoss {
  readonly cosines: Float32Array | Int32Array | Uint8Array;
}

/**
 * One step: the cosines are read back, mined in plain code, and the gradient of the loss with
 * respect to them is what TF.js carries on to the weights.
 */
async function trainStep(
  batch: readonly number[],
  vectors: Float32Array,
  classes: ArrayLike<number>,
  d: number,
  loss: 'triplet' | 'multi-similarity',
  weights: readonly Variable[],
  optimizer: ReturnType<typeof train.adam>,
): Promise<Step> {
  const size = batch.length;
  const x = tensor2d(gatherRows(vectors, batch, d), [size, d]);
  try {
    const before = tidy(() => similarities(forward(x, weights)));
    const cosines = (await before.data()) as Float32Array;
    before.dispose();
    const own = { size, cosines, classes: batch.map((i) => classes[i]!) };
    const mined = loss === 'triplet' ? semiHardTriplets(own, MARGIN) : multiSimilarity(own);
    tidy(() => {
      const gradient = tensor2d(mined.gradient, [size, size]);
      const { grads } = optimizer.computeGradients(
        () => sum(mul(similarities(forward(x, weights)), gradient)) as Scalar,
        [...weights],
      );
      const decayed: Record<string, Tensor> = {};
      for (const each of weights) {
        decayed[each.name] = keep(add(grads[each.name]!, mul(each, DECAY)));
      }
      optimizer.applyGradients(decayed as Record<string, Variable>);
      for (const each of Object.values(decayed)) each.dispose();
    });
    return { ...mined, cosines };
  } finally {
    x.dispose();
  }
}

/** (size × d) unit vectors after the head. */
function forward(x: Tensor2D, weights: readonly Variable[]): Tensor2D {
  const [A, b, B] = weights as [Variable, Variable?, Variable?];
  const between = matMul(x, A as unknown as Tensor2D, false, true);
  const f = b && B ? matMul(relu(add(between, b)), B as unknown as Tensor2D, false, true) : between;
  const y = add(x, f);
  return div(y, sqrt(add(sum(square(y), 1, true), 1e-12))) as Tensor2D;
}

const similarities = (y: Tensor2D): Tensor2D => matMul(y, y, false, true);

/** `A` is zero in a linear head; with a hidden layer, `B` is, so both start at identity. */
function initial(d: number, hidden: number, normal: () => number): readonly Variable[] {
  if (hidden === 0) return [kept(tensor2d(new Float32Array(d * d), [d, d]))];
  // He et al. 2015, so that the hidden layer keeps the variance of its input.
  const scale = Math.sqrt(2 / d);
  const A = Float32Array.from({ length: hidden * d }, () => scale * normal());
  return [
    kept(tensor2d(A, [hidden, d])),
    kept(tensor1d(new Float32Array(hidden))),
    kept(tensor2d(new Float32Array(d * hidden), [d, hidden])),
  ];
}

function kept(start: Tensor): Variable {
  const made = variable(start);
  start.dispose();
  return made;
}

async function headOf(weights: readonly Variable[], d: number, hidden: number): Promise<Head> {
  const [A, b, B] = await Promise.all(
    weights.map(async (each) => Float32Array.from((await each.data()) as Float32Array)),
  );
  const none = new Float32Array(0);
  return { d, hidden, A: A ?? none, b: b ?? none, B: B ?? none };
}

function scoreOf(
  head: Head,
  loss: 'triplet' | 'multi-similarity',
  vectors: Float32Array,
  groups: Uint32Array,
): { precision1: number; map: number } {
  const { d } = head;
  const m = groups.length;
  const extended = extendAll(new HeadCalibration(loss, head, 1), vectors);
  const meter = new RankingMeter(groups);
  const answers = noAnswers();
  const row = new Float32Array(m);
  for (let q = 0; q < m; q++) {
    innerProducts(extended, d, q, row);
    meter.add(q, row, answers);
  }
  return meansOf(answers);
}
