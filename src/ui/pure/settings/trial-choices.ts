import {
  MODEL_SIDES,
  type ModelAspect,
  type ModelChoices,
  type ModelFacts,
  type ModelPooling,
  type ModelRange,
  type ModelTap,
} from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { cleanName, count } from '../format.ts';

const ASPECTS = {
  keep: 'models.aspectKeep',
  crop: 'models.aspectCrop',
  squash: 'models.aspectSquash',
} as const satisfies Record<ModelAspect, string>;

const RANGE_KEYS = {
  'minus-one-to-one': 'models.rangeMinusOne',
  'zero-to-one': 'models.rangeZero',
  bytes: 'models.rangeBytes',
  standardized: 'models.rangeStandardized',
} as const satisfies Record<ModelRange, string>;

const POOLINGS = {
  mean: 'models.poolingMean',
  'central-square': 'models.poolingSquare',
} as const satisfies Record<Exclude<ModelPooling, 'none'>, string>;

export const RANGES: readonly ModelRange[] = [
  'minus-one-to-one',
  'zero-to-one',
  'bytes',
  'standardized',
];

export function aspectName(aspect: ModelAspect): string {
  return t(ASPECTS[aspect]);
}

export function rangeName(range: ModelRange): string {
  return t(RANGE_KEYS[range]);
}

export function poolingName(pooling: keyof typeof POOLINGS): string {
  return t(POOLINGS[pooling]);
}

/** The tap with this name, or else the first. */
export function tapOf(facts: ModelFacts, name: string): ModelTap {
  return facts.taps.find((tap) => tap.name === name) ?? facts.taps[0]!;
}

/** `conv_pw_12_relu: 1,024 channels, 7 × 7` */
export function tapName(tap: ModelTap, layout: 'nhwc' | 'nchw'): string {
  const name = cleanName(tap.name);
  const map = mapSize(tap.shape, layout);
  return tap.kind === 'map' && map !== ''
    ? t('models.layerMap', { name, count: tap.dims, map })
    : t('models.layerVector', { name, count: tap.dims });
}

/** `7 × 7` (width × height, as for pictures); `''` if the shape is not a map. */
export function mapSize(
  shape: readonly (number | null)[],
  layout: 'nhwc' | 'nchw' = 'nhwc',
): string {
  if (shape.length !== 4) return '';
  const [height, width] = layout === 'nhwc' ? [shape[1], shape[2]] : [shape[2], shape[3]];
  return `${length(width)} × ${length(height)}`;
}

function length(pixels: number | null | undefined): string {
  return pixels === null || pixels === undefined ? t('models.anyLength') : count(pixels);
}

/** Whether the pooling area matters: only for maps that aren't square. */
export function asksForPooling(facts: ModelFacts, { tap, aspect }: ModelChoices): boolean {
  return aspect === 'keep' && tapOf(facts, tap).kind === 'map';
}

/** Sets one choice and adjusts those that depend on it. */
export function withChoice(
  facts: ModelFacts,
  choices: ModelChoices,
  change: Partial<ModelChoices>,
): ModelChoices {
  const next = { ...choices, ...change };
  const { kind } = tapOf(facts, next.tap);
  if (kind === 'vector') return { ...next, pooling: 'none' };
  if (next.pooling !== 'none') return next;
  const guessed = facts.guess.pooling;
  return { ...next, pooling: guessed === 'none' ? 'mean' : guessed };
}

/** Validation message for a side as typed; `null` if valid. */
export function sideProblem(text: string): string | null {
  const side = Number(text);
  const { least, most } = MODEL_SIDES;
  if (/^\d+$/.test(text.trim()) && side >= least && side <= most) return null;
  return t('models.sideProblem', { least, most });
}
