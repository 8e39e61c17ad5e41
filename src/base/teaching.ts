// What teaching measures, shared by the page and the code that learns: plain data.

/** Fewest groups, and photos in them, from which Akin can tell whether learning helps. */
export const LEAST_TAUGHT = { groups: 4, photos: 12 } as const;

/** A way to learn: see docs/teach.md. */
export type TeachingMethod = 'whitening' | 'lda' | 'ridge' | 'triplet' | 'multi-similarity';

/** A mean with an interval: of 95 %, unless said otherwise. */
export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface RetrievalFigures {
  readonly precision1: Measured;
  readonly precision5: Measured;
  readonly map: Measured;
}

/** The same queries, answered as before and after. */
export interface BeforeAfter {
  /** Number of queries. */
  readonly queries: number;
  readonly before: RetrievalFigures;
  readonly after: RetrievalFigures;
  /** Mean difference of precision@1 and of mAP, query by query, with intervals of 99 %. */
  readonly gain: { readonly precision1: Measured; readonly map: Measured };
}

/** A method at one weight, measured on what it didn't learn from. */
export interface MethodTrial {
  readonly method: TeachingMethod;
  /** Weight of what was learned beside the unchanged vector. */
  readonly weight: number;
  /** Photos of the taught groups that were held out. */
  readonly taught: BeforeAfter;
  /** Photos of groups that were held out as a whole; `null` without such groups. */
  readonly untaught: BeforeAfter | null;
  /** Whether it passes the rule: taught groups win, others lose next to nothing. */
  readonly passes: boolean;
}

/** One method at its best weight. */
export interface MethodResult extends MethodTrial {
  /** Milliseconds to learn from everything, once. */
  readonly trainMs: number;
}

/** Whether learning is recommended, or why not. */
export type TeachingVerdict = 'helps' | 'no-gain' | 'hurts-others' | 'too-few';
