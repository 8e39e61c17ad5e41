import { forceTables } from './forces.ts';
import type { FuzzyGraph } from './fuzzyGraph.ts';

export interface LayoutOptions {
  readonly epochs: number;
  readonly seed: number;
  /** Awaited after each epoch with the share that is done; may throw to end the layout. */
  readonly pause: (share: number) => Promise<void>;
}

/** Points pushed away for each edge that pulls. */
const NEGATIVES = 5;
const LEARNING_RATE = 1;
/** Largest step along one axis. */
const LIMIT = 4;

/**
 * Moves points of the plane so that those joined by strong edges come close and others apart:
 * stochastic gradient descent on the cross-entropy between the graph and the plane, with negative
 * sampling (McInnes, Healy and Melville 2018, algorithm 5). An edge takes part in as many epochs as
 * its strength says.
 *
 * @param positions (n × 2), changed in place
 */
export async function optimizeLayout(
  positions: Float32Array,
  { starts, ends, weights }: FuzzyGraph,
  { epochs, seed, pause }: LayoutOptions,
): Promise<void> {
  const n = positions.length / 2;
  let most = 0;
  for (const weight of weights) most = Math.max(most, weight);
  // Per edge, the epoch in which it is due.
  const due = new Float32Array(weights.length);
  for (let edge = 0; edge < due.length; edge++) due[edge] = most / weights[edge]!;
  const { bits, floats, pulls, pushes, shift } = forceTables();
  let random = (seed | 0) ^ 0x9e3779b9 || 1;
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const rate = LEARNING_RATE * (1 - (epoch - 1) / epochs);
    for (let i = 0; i < n; i++) {
      const last = starts[i + 1]!;
      for (let edge = starts[i]!; edge < last; edge++) {
        if (due[edge]! > epoch) continue;
        due[edge]! += most / weights[edge]!;
        const j = ends[edge]!;
        let x = positions[2 * i]!;
        let y = positions[2 * i + 1]!;
        const pullX = x - positions[2 * j]!;
        const pullY = y - positions[2 * j + 1]!;
        const pullL2sq = pullX * pullX + pullY * pullY;
        if (pullL2sq > 0) {
          floats[0] = pullL2sq;
          const pull = pulls[bits[0]! >>> shift]!;
          const dx = rate * clip(pull * pullX);
          const dy = rate * clip(pull * pullY);
          x += dx;
          y += dy;
          positions[2 * j]! -= dx;
          positions[2 * j + 1]! -= dy;
        }
        for (let negative = 0; negative < NEGATIVES; negative++) {
          // Xorshift (Marsaglia 2003): `Prng` would take as long as the rest of the step.
          random ^= random << 13;
          random ^= random >>> 17;
          random ^= random << 5;
          const other = (random >>> 0) % n;
          if (other === i) continue;
          const pushX = x - positions[2 * other]!;
          const pushY = y - positions[2 * other + 1]!;
          const pushL2sq = pushX * pushX + pushY * pushY;
          if (pushL2sq === 0) continue;
          floats[0] = pushL2sq;
          const push = pushes[bits[0]! >>> shift]!;
          x += rate * clip(push * pushX);
          y += rate * clip(push * pushY);
        }
        positions[2 * i] = x;
        positions[2 * i + 1] = y;
      }
    }
    await pause(epoch / epochs);
  }
}

function clip(step: number): number {
  return Math.max(-LIMIT, Math.min(LIMIT, step));
}
