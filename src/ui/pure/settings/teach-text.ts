import type {
  BeforeAfter,
  Measured,
  TeachingProgress,
  TripletStep,
} from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';

/** `Round 3 of 40 · Loss 0.12 · 78% right on photos that it doesn’t learn from` */
export function trainingLine({
  epoch,
  epochs,
  loss,
  heldOut,
}: NonNullable<TeachingProgress['training']>): string {
  return t('teach.training', {
    epoch: `${epoch}`,
    epochs: `${epochs}`,
    loss: loss.toFixed(3),
    right: `${Math.round(100 * heldOut)}%`,
  });
}

/** Share of a line that the largest squared distance takes. */
const LONGEST = 0.82;

/** Where a triplet's photos lie on a line that starts at the anchor, in percent of it. */
export function tripletPlaces({ positiveL2sq, negativeL2sq, margin }: TripletStep): {
  readonly positive: number;
  readonly negative: number;
  /** Where the negative should be at least. */
  readonly margin: number;
} {
  const wanted = Math.sqrt(positiveL2sq + margin);
  const [positive, negative] = [Math.sqrt(positiveL2sq), Math.sqrt(negativeL2sq)];
  const longest = Math.max(positive, negative, wanted, Number.EPSILON);
  const percent = (distance: number) => (100 * LONGEST * distance) / longest;
  return { positive: percent(positive), negative: percent(negative), margin: percent(wanted) };
}

/** A row of the comparison: a figure before and after. */
export interface FigureRow {
  readonly key: 'precision1' | 'precision5' | 'map';
  readonly before: string;
  readonly after: string;
  /** `+12` or `−3`, in points. */
  readonly change: string;
}

/** The figures of a comparison, in percent. */
export function figureRows({ before, after }: BeforeAfter): readonly FigureRow[] {
  return (['precision1', 'precision5', 'map'] as const).map((key) => ({
    key,
    before: percent(before[key]),
    after: percent(after[key]),
    change: points(after[key].value - before[key].value),
  }));
}

/** `62 % (55–69)`: a mean and its 95 % interval. */
export function percent({ value, low, high }: Measured): string {
  const whole = (share: number) => Math.round(100 * share);
  return t('teach.percent', {
    value: `${whole(value)}`,
    low: `${whole(low)}`,
    high: `${whole(high)}`,
  });
}

/** A difference of shares in percentage points, with its sign. */
export function points(difference: number): string {
  const whole = Math.round(100 * difference);
  if (whole === 0) return '±0';
  return whole > 0 ? `+${whole}` : `−${-whole}`;
}
