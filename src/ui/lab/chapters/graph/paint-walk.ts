import type { LabSample } from '../../../../protocol/index.ts';
import type { Paint } from '../../draw/plane.tsx';
import type { Hop, WalkOnPlane } from './walk.ts';

/** Draws the links of one layer. */
export function paintLinks({ plane }: LabSample, { layers }: WalkOnPlane, layer: number): Paint {
  return (context, view, colors) => {
    const links = layers[layer] ?? new Uint32Array(0);
    context.strokeStyle = colors.line;
    context.lineWidth = links.length > 20_000 ? 0.5 : 1;
    context.beginPath();
    for (let at = 0; at < links.length; at += 2) {
      const [from, to] = [links[at]!, links[at + 1]!];
      context.moveTo(view.x(plane[2 * from]!), view.y(plane[2 * from + 1]!));
      context.lineTo(view.x(plane[2 * to]!), view.y(plane[2 * to + 1]!));
    }
    context.stroke();
  };
}

/** Draws a walk: an arrow from each photo to the next one expanded. */
export function paintHops({ plane, ids }: LabSample, hops: readonly Hop[]): Paint {
  const rowOf = new Map(Array.from(ids, (id, row) => [id, row]));
  return (context, view, colors) => {
    context.strokeStyle = colors.accent;
    context.fillStyle = colors.accent;
    context.lineWidth = 2;
    hops.forEach(({ id }, i) => {
      const to = rowOf.get(id)!;
      const [x, y] = [view.x(plane[2 * to]!), view.y(plane[2 * to + 1]!)];
      const before = hops[i - 1];
      if (before && before.id !== id) {
        const from = rowOf.get(before.id)!;
        context.beginPath();
        context.moveTo(view.x(plane[2 * from]!), view.y(plane[2 * from + 1]!));
        context.lineTo(x, y);
        context.stroke();
      }
      context.beginPath();
      context.arc(x, y, 4, 0, 2 * Math.PI);
      context.fill();
    });
  };
}
