import type { Paint } from './plane.tsx';

/** An arrow on the plane. */
export interface PlaneArrow {
  readonly from: readonly [u: number, v: number];
  readonly to: readonly [u: number, v: number];
}

const HEAD = 5;

/** Arrows from centers to photos, or the bold axes of a cell. */
export function paintArrows(arrows: readonly PlaneArrow[], look: 'thin' | 'bold' = 'thin'): Paint {
  return (context, view, colors) => {
    context.strokeStyle = look === 'bold' ? colors.text : colors.accent;
    context.globalAlpha = look === 'bold' ? 1 : arrows.length > 400 ? 0.3 : 0.7;
    context.lineWidth = look === 'bold' ? 2.5 : 1.25;
    context.beginPath();
    for (const { from, to } of arrows) {
      const [x0, y0] = [view.x(from[0]), view.y(from[1])];
      const [x1, y1] = [view.x(to[0]), view.y(to[1])];
      context.moveTo(x0, y0);
      context.lineTo(x1, y1);
      if (Math.hypot(x1 - x0, y1 - y0) < 2 * HEAD) continue;
      const angle = Math.atan2(y1 - y0, x1 - x0);
      for (const side of [-0.5, 0.5]) {
        context.moveTo(x1, y1);
        context.lineTo(x1 - HEAD * Math.cos(angle + side), y1 - HEAD * Math.sin(angle + side));
      }
    }
    context.stroke();
    context.globalAlpha = 1;
  };
}

/** Crosses, such as centers. @param centers (n × 2) */
export function paintCrosses(centers: Float32Array, reach = 4): Paint {
  return (context, view, colors) => {
    context.strokeStyle = colors.text;
    context.lineWidth = 1.5;
    context.beginPath();
    for (let i = 0; 2 * i < centers.length; i++) {
      const [x, y] = [view.x(centers[2 * i]!), view.y(centers[2 * i + 1]!)];
      context.moveTo(x - reach, y);
      context.lineTo(x + reach, y);
      context.moveTo(x, y - reach);
      context.lineTo(x, y + reach);
    }
    context.stroke();
  };
}
