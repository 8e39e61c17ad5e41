import type { IndexSpec, LabMeasure, LabPlan } from '../../../../protocol/index.ts';
import { KINDS, specName } from '../../../pure/settings/index-text.ts';
import type { MeasuringJob } from '../../state/use-measured.ts';

/** An index type that takes part. */
export interface Racer {
  readonly key: string;
  readonly spec: IndexSpec;
  readonly name: string;
  /** A second variant of its kind. */
  readonly isVariant: boolean;
}

/** A type with its efforts; `null` if there are too few photos for it. */
export interface Contender extends Racer {
  readonly plan: LabPlan | null;
}

export type ReadyContender = Contender & { readonly plan: LabPlan };

/** A type to measure. */
export type RacerJob = ReadyContender & MeasuringJob;

/** Every kind, and the compact store of exact search. */
export function racers(): readonly Racer[] {
  return KINDS.flatMap((kind): Racer[] => {
    const spec = { kind } as IndexSpec;
    const racer = { key: kind, spec, name: specName(spec), isVariant: false };
    if (kind !== 'flat') return [racer];
    const compact = { kind, store: 'sq8' } as const;
    return [racer, { key: 'flat-sq8', spec: compact, name: specName(compact), isVariant: true }];
  });
}

/** What was measured of a type. */
export interface Standing {
  readonly racer: Racer;
  /** Empty if it failed. */
  readonly rows: readonly LabMeasure[];
}

export type StandingAxis = 'time' | 'memory';

/** A measured search as a point of the chart. */
export interface StandingPoint {
  readonly racer: Racer;
  readonly row: LabMeasure;
  readonly x: number;
  readonly y: number;
}

/** Below the resolution of a browser's clock; a logarithmic axis has no 0. */
const LEAST_MS = 0.001;

export function pointsOf(
  standings: readonly Standing[],
  axis: StandingAxis,
): readonly StandingPoint[] {
  return standings.flatMap(({ racer, rows }) =>
    rows.map((row) => ({
      racer,
      row,
      x: axis === 'time' ? Math.max(LEAST_MS, row.ms) : memoryOf(row),
      y: row.recall,
    })),
  );
}

/** All bytes of the index per photo. */
export function memoryOf(row: Pick<LabMeasure, 'bytesPerVector' | 'rerankBytesPerVector'>): number {
  return Math.max(1, row.bytesPerVector + row.rerankBytesPerVector);
}

/** Recall that the suggested search should have. */
const GOOD_RECALL = 0.95;

/** The fastest (or smallest) search that finds nearly all; the best one if none does. */
export function suggested(points: readonly StandingPoint[]): number {
  let best = -1;
  points.forEach((point, i) => {
    const held = points[best];
    if (!held) best = i;
    else if (held.y < GOOD_RECALL ? point.y > held.y : point.y >= GOOD_RECALL && point.x < held.x) {
      best = i;
    }
  });
  return best;
}

/** The point drawn nearest to a place, among those within reach; -1 if there is none. */
export function pointAt(
  places: readonly { readonly x: number; readonly y: number }[],
  x: number,
  y: number,
  reach: number,
): number {
  let best = -1;
  let least = reach;
  places.forEach((place, i) => {
    const away = Math.hypot(place.x - x, place.y - y);
    if (away <= least) {
      least = away;
      best = i;
    }
  });
  return best;
}
