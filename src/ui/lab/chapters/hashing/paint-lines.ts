import type { Paint } from '../../draw/plane.tsx';
import type { BucketsOnPlane } from './buckets.ts';

/** Draws the hyperplanes of a table, which are lines on the plane, and the opened buckets. */
export function paintLines({ hashes, opened }: BucketsOnPlane): Paint {
  return (context, view, colors) => {
    const { bits, mean, normals } = hashes;
    const [x, y] = [view.x(mean[0]!), view.y(mean[1]!)];
    const reach = view.width + view.height;
    // The sector of a bucket, ray by ray: its key is that of any point in it.
    context.fillStyle = colors.soft;
    const angles = Array.from({ length: bits }, (_, bit) => {
      const angle = Math.atan2(normals[2 * bit + 1]!, normals[2 * bit]!) + Math.PI / 2;
      return [angle, angle + Math.PI].map((each) => (each + 4 * Math.PI) % (2 * Math.PI));
    }).flat();
    const sorted = angles.toSorted((a, b) => a - b);
    sorted.forEach((from, i) => {
      const to = sorted[i + 1] ?? sorted[0]! + 2 * Math.PI;
      if (!opened.has(keyOfAngle(hashes, (from + to) / 2))) return;
      context.beginPath();
      context.moveTo(x, y);
      for (let part = 0; part <= 8; part++) {
        const angle = from + ((to - from) * part) / 8;
        context.lineTo(x + 2 * reach * Math.cos(angle), y - 2 * reach * Math.sin(angle));
      }
      context.closePath();
      context.fill();
    });
    context.strokeStyle = colors.muted;
    context.lineWidth = 1.25;
    for (let bit = 0; bit < bits; bit++) {
      const length = Math.hypot(normals[2 * bit]!, normals[2 * bit + 1]!) || 1;
      const [u, v] = [-normals[2 * bit + 1]! / length, normals[2 * bit]! / length];
      context.beginPath();
      context.moveTo(x - reach * u, y + reach * v);
      context.lineTo(x + reach * u, y - reach * v);
      context.stroke();
    }
  };
}

/** The bucket that lies in a direction from the mean, counted from the u axis towards v. */
export function keyOfAngle(
  { bits, normals }: Pick<BucketsOnPlane['hashes'], 'bits' | 'normals'>,
  angle: number,
): number {
  let key = 0;
  for (let bit = 0; bit < bits; bit++) {
    const margin = normals[2 * bit]! * Math.cos(angle) + normals[2 * bit + 1]! * Math.sin(angle);
    if (margin > 0) key |= 1 << bit;
  }
  return key;
}
