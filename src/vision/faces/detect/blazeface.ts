import type { Box } from '../../../base/boxes.ts';
import type { Point } from '../align/geometry.ts';

/** Side of the detector's square input, in pixels. */
export const DETECT_SIDE = 256;

/**
 * Points of a detection: image-left eye, image-right eye, nose tip, centre of the mouth, two ears.
 */
export const DETECT_POINTS = 6;

/** Values per row of boxes: centre, sides and six points. */
const ROW = 4 + 2 * DETECT_POINTS;

/** A face as detected. */
export interface Detection {
  readonly box: Box;
  readonly points: readonly Point[];
  /** In [0, 1]. */
  readonly score: number;
}

/** The two feature maps, in output order: pixels per cell, anchors per cell. */
const LAYERS = [
  { stride: 16, anchors: 2 },
  { stride: 32, anchors: 6 },
] as const;

/** Rows of each output: 512 and 384. */
export const LAYER_ROWS = LAYERS.map(
  ({ stride, anchors }) => (DETECT_SIDE / stride) ** 2 * anchors,
);

/** The centre of each anchor of one feature map, in input pixels, row by row. */
export function anchorCentres(layer: 0 | 1): Point[] {
  const { stride, anchors } = LAYERS[layer];
  const cells = DETECT_SIDE / stride;
  return Array.from({ length: LAYER_ROWS[layer]! }, (_, row) => {
    const cell = Math.floor(row / anchors);
    return { x: ((cell % cells) + 0.5) * stride, y: (Math.floor(cell / cells) + 0.5) * stride };
  });
}

const centres = [anchorCentres(0), anchorCentres(1)] as const;

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** The detector's output for one picture: logits (512 and 384), rows of 16 offsets each. */
export interface DetectorOutput {
  readonly logits: readonly [Float32Array, Float32Array];
  readonly rows: readonly [Float32Array, Float32Array];
}

/**
 * Decodes the detector's output. Offsets are pixels from the anchor's centre; box sides are
 * absolute (MediaPipe's short-range and back-camera models with fixed anchor size).
 *
 * @param threshold minimum score
 * @returns in input pixels, not yet merged; rows that are not finite or have no area are dropped
 */
export function decodeDetections(output: DetectorOutput, threshold: number): Detection[] {
  const found: Detection[] = [];
  for (const layer of [0, 1] as const) {
    const rows = output.rows[layer];
    for (const [row, logit] of output.logits[layer].entries()) {
      const score = sigmoid(logit);
      if (!(score >= threshold)) continue;
      const values = rows.subarray(row * ROW, (row + 1) * ROW);
      const [width, height] = [values[2]!, values[3]!];
      if (!(width > 0 && height > 0) || !values.every(Number.isFinite)) continue;
      const { x, y } = centres[layer][row]!;
      found.push({
        score,
        box: { x: x + values[0]! - width / 2, y: y + values[1]! - height / 2, width, height },
        points: Array.from({ length: DETECT_POINTS }, (_, i) => ({
          x: x + values[4 + 2 * i]!,
          y: y + values[5 + 2 * i]!,
        })),
      });
    }
  }
  return found;
}
