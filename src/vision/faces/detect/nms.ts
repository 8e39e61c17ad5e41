import { iou } from '../../../base/boxes.ts';
import type { Detection } from './blazeface.ts';

/** The mean of some detections, weighted by score. */
function weighted(group: readonly Detection[]): Detection {
  const total = group.reduce((sum, { score }) => sum + score, 0);
  const mean = (value: (detection: Detection) => number): number =>
    group.reduce((sum, detection) => sum + (detection.score / total) * value(detection), 0);
  return {
    score: group[0]!.score,
    box: {
      x: mean(({ box }) => box.x),
      y: mean(({ box }) => box.y),
      width: mean(({ box }) => box.width),
      height: mean(({ box }) => box.height),
    },
    points: group[0]!.points.map((_, i) => ({
      x: mean(({ points }) => points[i]!.x),
      y: mean(({ points }) => points[i]!.y),
    })),
  };
}

/**
 * Merges detections of the same face: the best absorbs all that overlap it into its mean, then the
 * best of the rest, and so on (Bazarevsky et al., "BlazeFace", 2019, section 3.4). Neighbouring
 * anchors thus vote for a box instead of competing, which makes it more stable.
 *
 * @param threshold minimum intersection over union of two boxes of one face
 * @returns best first
 */
export function mergeDetections(detections: readonly Detection[], threshold: number): Detection[] {
  let rest = [...detections].sort((a, b) => b.score - a.score);
  const merged: Detection[] = [];
  while (rest.length > 0) {
    const best = rest[0]!;
    const group = rest.filter((other) => other === best || iou(best.box, other.box) > threshold);
    rest = rest.filter((other) => !group.includes(other));
    merged.push(weighted(group));
  }
  return merged;
}
