import type { ChannelMap, LayerDepth } from '../types.ts';

// Free of TF.js: see `projection.ts`.

export interface ShownLayer {
  readonly depth: LayerDepth;
  /** Name of its node. */
  readonly name: string;
}

/**
 * Layers of the built-in nets, each after its activation: the first convolution, an expansion in the
 * middle, and the last convolution. Other nets name their nodes otherwise.
 */
const LAYERS: Readonly<Record<string, readonly ShownLayer[]>> = Object.fromEntries(
  ['efficientnet-lite1', 'efficientnet-lite2'].map((id) => [
    id,
    [
      { depth: 'early', name: 'stem' },
      { depth: 'middle', name: 'block9/expand' },
      { depth: 'late', name: 'head' },
    ],
  ]),
);

/** @returns `null` for a net whose nodes aren't known */
export function shownLayers(netId: string): readonly ShownLayer[] | null {
  return Object.hasOwn(LAYERS, netId) ? LAYERS[netId]! : null;
}

/**
 * The channels of a layer whose responses differ most within a picture: one that is high everywhere
 * tells nothing about where things are.
 *
 * @param values (height × width × channels)
 * @param count at most
 * @returns by spread, the largest first
 */
export function strongestChannels(
  values: Float32Array,
  channels: number,
  count: number,
): readonly ChannelMap[] {
  const cells = values.length / channels;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let at = 0; at < values.length; at++) {
    const channel = at % channels;
    sums[channel]! += values[at]!;
    squares[channel]! += values[at]! ** 2;
  }
  const spreads = sums.map((sum, channel) =>
    Math.sqrt(Math.max(0, squares[channel]! / cells - (sum / cells) ** 2)),
  );
  return Array.from(spreads.keys())
    .sort((a, b) => spreads[b]! - spreads[a]! || a - b)
    .slice(0, count)
    .map((channel) => ({
      channel,
      spread: spreads[channel]!,
      weights: normalized(
        Float32Array.from({ length: cells }, (_, cell) => values[cell * channels + channel]!),
      ),
    }));
}

function normalized(weights: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  let [least, most] = [Infinity, -Infinity];
  for (const weight of weights) {
    least = Math.min(least, weight);
    most = Math.max(most, weight);
  }
  const range = most - least;
  return weights.map((weight) => (range > 0 ? (weight - least) / range : 0));
}
