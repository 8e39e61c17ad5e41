import type { Box } from '../../../base/boxes.ts';
import type { Point } from '../align/geometry.ts';
import { centreOf } from '../align/geometry.ts';
import { aboutPoint, apply } from '../align/similarity.ts';
import type { Detection } from './blazeface.ts';
import { DETECT_SIDE } from './blazeface.ts';
import type { View } from './views.ts';

/** Size of the detector's view in sides of the drawn box: a face must not fill its input. */
const VIEW_SCALE = 2.5;

/**
 * Typical positions of the five points in the detector's box of a frontal face, as fractions of its
 * sides: means of 21 upright faces, made symmetrical.
 */
const typicalPoints: readonly Point[] = [
  { x: 0.296, y: 0.27 },
  { x: 0.704, y: 0.27 },
  { x: 0.5, y: 0.532 },
  { x: 0.316, y: 0.682 },
  { x: 0.684, y: 0.682 },
];

const squareAround = (box: Box): Box => {
  const side = Math.max(box.width, box.height);
  const { x, y } = centreOf(box);
  return { x: x - side / 2, y: y - side / 2, width: side, height: side };
};

/** The detector's view of a drawn box and its surroundings. */
export function viewAround(box: Box): View {
  const scale = DETECT_SIDE / (VIEW_SCALE * Math.max(box.width, box.height));
  const middle = { x: DETECT_SIDE / 2, y: DETECT_SIDE / 2 };
  return { toInput: aboutPoint(centreOf(box), middle, scale, 0) };
}

/**
 * The detection expected for a face that exactly fits a drawn box.
 *
 * @param quarters clockwise quarter turns of the face
 */
export function drawnDetection(box: Box, quarters: number): Detection {
  const square = squareAround(box);
  const middle = centreOf(square);
  const turn = aboutPoint(middle, middle, 1, (quarters * Math.PI) / 2);
  const points = typicalPoints.map(({ x, y }) =>
    apply(turn, { x: square.x + x * square.width, y: square.y + y * square.height }),
  );
  return { box: square, points, score: 0 };
}
