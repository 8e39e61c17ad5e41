import { Delaunay } from 'd3-delaunay';
import type { Paint } from '../../draw/plane.tsx';
import type { CellsOnPlane } from './cells.ts';

/** Draws Voronoi cells and their centers, the opened ones filled. */
export function paintCells({ centroids, opened }: CellsOnPlane): Paint {
  return (context, view, colors) => {
    const delaunay = new Delaunay(centroids);
    const voronoi = delaunay.voronoi([...view.seen]);
    const trace = (cell: number) => {
      const polygon = voronoi.cellPolygon(cell);
      if (!polygon) return;
      context.beginPath();
      for (const [u, v] of polygon) context.lineTo(view.x(u), view.y(v));
      context.closePath();
    };
    context.fillStyle = colors.soft;
    for (const cell of opened) {
      trace(cell);
      context.fill();
    }
    context.strokeStyle = colors.line;
    context.lineWidth = 1.25;
    for (let cell = 0; 2 * cell < centroids.length; cell++) {
      trace(cell);
      context.stroke();
    }
    context.strokeStyle = colors.text;
    for (let cell = 0; 2 * cell < centroids.length; cell++) {
      const x = view.x(centroids[2 * cell]!);
      const y = view.y(centroids[2 * cell + 1]!);
      context.beginPath();
      context.moveTo(x - 4, y);
      context.lineTo(x + 4, y);
      context.moveTo(x, y - 4);
      context.lineTo(x, y + 4);
      context.stroke();
    }
  };
}
