import type { NetPicture } from '../types.ts';
import type { NetInputSpec } from './spec.ts';

/** Shape of a batch of pictures in the net's layout. */
export function batchShape(
  n: number,
  { width, height }: Pick<NetPicture, 'width' | 'height'>,
  { layout }: Pick<NetInputSpec, 'layout'>,
): [number, number, number, number] {
  return layout === 'nhwc' ? [n, height, width, 3] : [n, 3, height, width];
}

/**
 * Drops alpha and scales: converts RGBA bytes to the net's value range, one picture after the
 * other.
 *
 * @param pictures all of one size
 * @returns `pictures.length × height × width × 3` values
 */
export function netInput(
  pictures: readonly NetPicture[],
  { layout, channels, subtract, divide }: NetInputSpec,
): Float32Array {
  const { width, height } = pictures[0]!;
  const pixels = width * height;
  const values = new Float32Array(pictures.length * pixels * 3);
  // Steps between pixels and between channels.
  const [pixelStep, channelStep] = layout === 'nhwc' ? [3, 1] : [1, pixels];
  const [red, blue] = channels === 'rgb' ? [0, 2] : [2, 0];
  const level = Float32Array.from({ length: 256 }, (_, byte) => (byte - subtract) / divide);
  for (const [i, { rgba }] of pictures.entries()) {
    let to = i * pixels * 3;
    for (let from = 0; from < 4 * pixels; from += 4) {
      values[to + red! * channelStep!] = level[rgba[from]!]!;
      values[to + channelStep!] = level[rgba[from + 1]!]!;
      values[to + blue! * channelStep!] = level[rgba[from + 2]!]!;
      to += pixelStep!;
    }
  }
  return values;
}

/**
 * Groups pictures into calls of a net: equal sizes, `batch` of them or one. A GPU compiles its
 * programs for each size and count, so no other counts are used.
 *
 * @returns indices of `pictures`, each exactly once
 */
export function callsFor(
  pictures: readonly Pick<NetPicture, 'width' | 'height'>[],
  batch: number,
): number[][] {
  const bySize = new Map<string, number[]>();
  for (const [i, { width, height }] of pictures.entries()) {
    const size = `${width}x${height}`;
    const same = bySize.get(size);
    if (same) same.push(i);
    else bySize.set(size, [i]);
  }
  return [...bySize.values()].flatMap((same) => {
    const whole = batch > 1 ? same.length - (same.length % batch) : 0;
    return [
      ...Array.from({ length: whole / batch }, (_, k) => same.slice(k * batch, (k + 1) * batch)),
      ...same.slice(whole).map((i) => [i]),
    ];
  });
}
