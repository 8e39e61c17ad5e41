import type { TopClasses } from '../types.ts';

/** Classes that are kept of a photo. */
export const TOP_CLASSES = 5;

/**
 * Softmax, and the likeliest of it.
 *
 * @param logits one value a class, at least `TOP_CLASSES` of them
 */
export function topClasses(logits: Float32Array): TopClasses {
  const ids = new Uint16Array(TOP_CLASSES);
  const best = new Float32Array(TOP_CLASSES).fill(Number.NEGATIVE_INFINITY);
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id]!;
    if (!(logit > best[TOP_CLASSES - 1]!)) continue;
    let at = TOP_CLASSES - 1;
    for (; at > 0 && logit > best[at - 1]!; at--) {
      best[at] = best[at - 1]!;
      ids[at] = ids[at - 1]!;
    }
    best[at] = logit;
    ids[at] = id;
  }
  let sum = 0;
  for (let id = 0; id < logits.length; id++) sum += Math.exp(logits[id]! - best[0]!);
  return { ids, probabilities: best.map((logit) => Math.exp(logit - best[0]!) / sum) };
}
