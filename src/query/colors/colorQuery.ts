import { LESS } from '../vectors/combine.ts';
import type { ColorMeasure } from './measures.ts';

/** One term's wish for colors. */
export interface ColorTerm {
  readonly measure: ColorMeasure;
  /** Above 0: more of these colors; below 0: less. */
  readonly weight: number;
  /** How much of the term is about colors rather than about what photos show, from 0 to 1. */
  readonly share: number;
}

/** What a query wants of colors. */
export interface ColorQuery {
  /** Higher is better. */
  readonly measure: ColorMeasure;
  /** How much colors count beside what photos show, in (0, 1]. */
  readonly share: number;
}

/**
 * Combines the colors of terms as `combine` does their vectors: the weighted mean of the positive
 * measures minus `less` times that of the negative ones. A term that is half about colors counts
 * half here.
 *
 * @param others sum of the magnitudes of the weights of terms that are not about colors at all
 * @returns `null` if no term is about colors
 */
export function combineColors(
  terms: readonly ColorTerm[],
  others: number,
  less = LESS,
): ColorQuery | null {
  const used = terms.filter(({ weight, share }) => weight !== 0 && share > 0);
  const sumOf = (sign: 1 | -1) =>
    used.reduce((sum, { weight, share }) => sum + Math.max(0, sign * weight * share), 0);
  const [positive, negative] = [sumOf(1), sumOf(-1)];
  if (positive + negative === 0) return null;
  const all = terms.reduce((sum, { weight }) => sum + Math.abs(weight), others);
  const parts = used.map(({ measure, weight, share }) => ({
    measure,
    factor:
      weight > 0
        ? (weight * share) / positive
        : ((weight * share) / negative) * (positive > 0 || others > 0 ? less : 1),
  }));
  return {
    share: (positive + negative) / all,
    measure(bytes, at) {
      let score = 0;
      for (let i = 0; i < parts.length; i++) {
        score += parts[i]!.factor * parts[i]!.measure(bytes, at);
      }
      return score;
    },
  };
}
