import type { TopClasses } from '../types.ts';

/** Classes stored per photo. */
export const TOP_CLASSES = 5;

/** Softmax. @param logits one value per class */
function probabilitiesOf(logits: Float32Array): Float32Array<ArrayBuffer> {
  const most = logits.reduce((max, logit) => Math.max(max, logit), Number.NEGATIVE_INFINITY);
  const odds = Float32Array.from(logits, (logit) => Math.exp(logit - most));
  const sum = odds.reduce((total, value) => total + value, 0);
  return odds.map((value) => value / sum);
}

/**
 * The likeliest classes of a photo: the mean of the nets' probabilities.
 *
 * @param logits of each net, one value per class, at least `TOP_CLASSES` of them
 */
export function topClasses(logits: readonly Float32Array[]): TopClasses {
  const means = logits.map(probabilitiesOf);
  const chances = means[0]!;
  for (let id = 0; id < chances.length; id++) {
    for (let n = 1; n < means.length; n++) chances[id]! += means[n]![id]!;
    chances[id]! /= means.length;
  }
  const ids = new Uint16Array(TOP_CLASSES);
  const probabilities = new Float32Array(TOP_CLASSES).fill(-1);
  for (let id = 0; id < chances.length; id++) {
    const chance = chances[id]!;
    if (!(chance > probabilities[TOP_CLASSES - 1]!)) continue;
    let at = TOP_CLASSES - 1;
    for (; at > 0 && chance > probabilities[at - 1]!; at--) {
      probabilities[at] = probabilities[at - 1]!;
      ids[at] = ids[at - 1]!;
    }
    probabilities[at] = chance;
    ids[at] = id;
  }
  return { ids, probabilities };
}
