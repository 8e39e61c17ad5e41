import type { Box } from '../../../base/boxes.ts';
import type { Point } from '../align/geometry.ts';
import { boundsOf, centreOf, middle } from '../align/geometry.ts';
import type { Similarity } from '../align/similarity.ts';
import { aboutPoint, apply, invert } from '../align/similarity.ts';
import type { Detection } from './blazeface.ts';

/** Side of the mesh net's square input, in pixels. */
export const MESH_SIDE = 192;

/** Points of the mesh; three values each (x, y, z), in input pixels, z growing away from the camera. */
export const MESH_POINTS = 468;

/** The crop's side in sides of the detector's box: room for brow, chin and a head that turns. */
const CROP_SCALE = 1.5;

/** Numbers of mesh points, as MediaPipe's face mesh counts them. "Left" is the picture's left. */
const at = {
  leftEyeOuter: 33,
  leftEyeInner: 133,
  rightEyeInner: 362,
  rightEyeOuter: 263,
  noseTip: 1,
  mouthLeft: 61,
  mouthRight: 291,
  foreheadTop: 10,
  chin: 152,
} as const;

/** How a head is turned, in degrees. All 0: upright, and looking into the camera. */
export interface Pose {
  /** Positive: it looks towards the picture's right. */
  readonly yaw: number;
  /** Positive: it looks up. */
  readonly pitch: number;
  /** Positive: it is tilted clockwise, as seen; in (-180, 180]. */
  readonly roll: number;
}

/** What the mesh net says of a crop, in the picture's pixels. */
export interface Mesh {
  /** Around all points of the mesh: brow to chin. */
  readonly box: Box;
  /** Middle of the left eye, of the right eye, tip of the nose, left and right corner of the mouth. */
  readonly fivePoints: readonly Point[];
  readonly pose: Pose;
}

const degrees = (radians: number): number => (radians * 180) / Math.PI;

/** By how much the line from the left to the right eye is turned, in radians. */
function eyeAngle(points: readonly Point[]): number {
  const [left, right] = [points[0]!, points[1]!];
  return Math.atan2(right.y - left.y, right.x - left.x);
}

/**
 * The square that the mesh net looks at: 1.5 times the box, turned so that the eyes are level.
 *
 * @param turn by how much more than the detector's eyes say, radians clockwise
 * @returns the map from the picture's pixels to the net's input
 */
export function meshCrop({ box, points }: Detection, turn = 0): Similarity {
  const side = CROP_SCALE * Math.max(box.width, box.height);
  const inputMiddle = { x: MESH_SIDE / 2, y: MESH_SIDE / 2 };
  return aboutPoint(centreOf(box), inputMiddle, MESH_SIDE / side, -eyeAngle(points) - turn);
}

/**
 * Reads the net's points.
 *
 * The pose comes from two lines of the mesh, e from the outer corner of the left eye to that of the
 * right, and f from the top of the forehead to the chin:
 * yaw = atan2(e.z, e.x), pitch = atan2(−f.z, f.y), roll = the crop's turn + atan2(e.y, e.x).
 *
 * @param values 468 × 3 values in input pixels
 * @param toInput the crop that the net saw
 */
export function readMesh(values: Float32Array, toInput: Similarity): Mesh {
  const toPicture = invert(toInput);
  const inCrop = (i: number): Point => ({ x: values[3 * i]!, y: values[3 * i + 1]! });
  const inPicture = (i: number): Point => apply(toPicture, inCrop(i));
  const line = (from: number, to: number) => ({
    x: values[3 * to]! - values[3 * from]!,
    y: values[3 * to + 1]! - values[3 * from + 1]!,
    z: values[3 * to + 2]! - values[3 * from + 2]!,
  });
  const eyes = line(at.leftEyeOuter, at.rightEyeOuter);
  const height = line(at.foreheadTop, at.chin);
  const turn = Math.atan2(toPicture.b, toPicture.a) + Math.atan2(eyes.y, eyes.x);
  return {
    box: boundsOf(Array.from({ length: MESH_POINTS }, (_, i) => inPicture(i))),
    fivePoints: [
      middle(inPicture(at.leftEyeOuter), inPicture(at.leftEyeInner)),
      middle(inPicture(at.rightEyeInner), inPicture(at.rightEyeOuter)),
      inPicture(at.noseTip),
      inPicture(at.mouthLeft),
      inPicture(at.mouthRight),
    ],
    pose: {
      yaw: degrees(Math.atan2(eyes.z, eyes.x)),
      pitch: degrees(Math.atan2(-height.z, height.y)),
      roll: degrees(Math.atan2(Math.sin(turn), Math.cos(turn))),
    },
  };
}
