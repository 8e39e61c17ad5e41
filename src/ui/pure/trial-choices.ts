import {
  MODEL_SIDES,
  type ModelAspect,
  type ModelChoices,
  type ModelFacts,
  type ModelPooling,
  type ModelRange,
  type ModelTap,
} from '../../protocol/index.ts';
import { cleanName, count, plural } from './format.ts';

export const ASPECT_NAMES: Readonly<Record<ModelAspect, string>> = {
  keep: 'Whole picture',
  crop: 'Centered square',
  squash: 'Whole picture, squashed to a square',
};

export const RANGE_NAMES: Readonly<Record<ModelRange, string>> = {
  'minus-one-to-one': '−1 to 1',
  'zero-to-one': '0 to 1',
  bytes: '0 to 255',
  standardized: 'ImageNet mean and deviation',
};

export const RANGES: readonly ModelRange[] = [
  'minus-one-to-one',
  'zero-to-one',
  'bytes',
  'standardized',
];

export const POOLING_NAMES: Readonly<Record<Exclude<ModelPooling, 'none'>, string>> = {
  mean: 'The whole picture',
  'central-square': 'Its central square',
};

/** The tap that is chosen; the first where there is none of that name. */
export function tapOf(facts: ModelFacts, name: string): ModelTap {
  return facts.taps.find((tap) => tap.name === name) ?? facts.taps[0]!;
}

/** `conv_pw_12_relu: 1,024 numbers, from a 7 × 7 map`. */
export function tapWords(tap: ModelTap, layout: 'nhwc' | 'nchw'): string {
  const words = `${cleanName(tap.name)}: ${plural(tap.dims, 'number')}`;
  const map = mapWords(tap.shape, layout);
  return tap.kind === 'map' && map !== '' ? `${words}, from a ${map} map` : words;
}

/** `7 × 7`, height last as for pictures; `''` where the shape is no map. */
export function mapWords(
  shape: readonly (number | null)[],
  layout: 'nhwc' | 'nchw' = 'nhwc',
): string {
  if (shape.length !== 4) return '';
  const [height, width] = layout === 'nhwc' ? [shape[1], shape[2]] : [shape[2], shape[3]];
  return `${length(width)} × ${length(height)}`;
}

function length(pixels: number | null | undefined): string {
  return pixels === null || pixels === undefined ? 'any' : count(pixels);
}

/** Whether it makes a difference over what a tap is averaged: over a map that isn't square. */
export function asksForPooling(facts: ModelFacts, { tap, aspect }: ModelChoices): boolean {
  return aspect === 'keep' && tapOf(facts, tap).kind === 'map';
}

/** Choices with one of them changed, and what depends on it brought into line. */
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

/** What is wrong with a side as it was typed; `null` where nothing is. */
export function sideProblem(text: string): string | null {
  const side = Number(text);
  const { least, most } = MODEL_SIDES;
  if (/^\d+$/.test(text.trim()) && side >= least && side <= most) return null;
  return `A whole number from ${least} to ${count(most)}.`;
}
