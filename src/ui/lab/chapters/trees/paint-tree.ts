import type { Paint } from '../../draw/plane.tsx';
import type { PlaneView } from '../../draw/plane-scene.ts';
import type { Polygon, TreeRegions } from './tree-regions.ts';

interface PaintedTree {
  readonly regions: TreeRegions;
  /** Numbers of the leaves that the search opened. */
  readonly opened: ReadonlySet<number>;
}

/**
 * Draws how trees cut the plane, and the leaves that a search opened: the more trees opened a place,
 * the darker.
 *
 * @param depth cuts below it aren't drawn
 */
export function paintTrees(trees: readonly PaintedTree[], depth = Number.POSITIVE_INFINITY): Paint {
  return (context, view, colors) => {
    context.fillStyle = colors.accent;
    context.globalAlpha = trees.length === 1 ? 0.16 : Math.max(0.08, 0.5 / trees.length);
    for (const { regions, opened } of trees) {
      for (const leaf of opened) {
        const region = regions.leaves.get(leaf);
        if (!region) continue;
        trace(context, view, region);
        context.fill();
      }
    }
    context.globalAlpha = 1;
    context.strokeStyle = colors.muted;
    for (const cut of trees.at(-1)?.regions.cuts ?? []) {
      if (cut.depth >= depth) continue;
      context.lineWidth = Math.max(0.75, 2.5 - 0.4 * cut.depth);
      context.beginPath();
      context.moveTo(view.x(cut.from[0]), view.y(cut.from[1]));
      context.lineTo(view.x(cut.to[0]), view.y(cut.to[1]));
      context.stroke();
    }
  };
}

function trace(context: CanvasRenderingContext2D, view: PlaneView, polygon: Polygon): void {
  context.beginPath();
  for (const [u, v] of polygon) context.lineTo(view.x(u), view.y(v));
  context.closePath();
}
