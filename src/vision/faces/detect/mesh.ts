import type { Box } from '../../../base/boxes.ts';
import type { Point } from '../align/geometry.ts';
import { boundsOf, centreOf, middle } from '../align/geometry.ts';
import type { Similarity } from '../align/similarity.ts';
import { aboutPoint, apply, invert } from '../align/similarity.ts';
import type { Detection } from './blazeface.ts';

/** Side of the mesh net's square input, in pixels. */
export const MESH_SIDE = 192;

/**
 * Points of the mesh; three values each (x, y, z), in input pixels, z increasing away from the
 * camera.
 */
export const MESH_POINTS = 468;

/** The crop's side in sides of the detector's box: leaves room for brow, chin and turned heads. */
const CROP_SCALE = 1.5;

/** Indices of mesh points in MediaPipe's face mesh. "Left" is the picture's left. */
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

/** Head pose in degrees. All 0: upright and facing the camera. */
export interface Pose {
  /** Positive: facing the picture's right. */
  readonly yaw: number;
  /** Positive: facing up. */
  readonly pitch: number;
  /** Positive: tilted clockwise, as seen; in (-180, 180]. */
  readonly roll: number;
}

/** The mesh of a crop, in the picture's pixels. */
export interface Mesh {
  /** Bounding box of all mesh points: brow to chin. */
  readonly box: Box;
  /**
   * Centre of the left eye and of the right eye, tip of the nose, left and right corner of the
   * mouth.
   */
  readonly fivePoints: readonly Point[];
  readonly pose: Pose;
}

const degrees = (radians: number): number => (radians * 180) / Math.PI;

/** Angle of the line from the left to the right eye, in radians. */
function eyeAngle(points: readonly Point[]): number {
  const [left, right] = [points[0]!, points[1]!];
  return Math.atan2(right.y - left.y, right.x - left.x);
}

/**
 * The mesh net's input square: 1.5 times the box, rotated so that the eyes are level.
 *
 * @param turn extra rotation beyond the detector's eye line, radians clockwise
 * @returns the map from the picture's pixels to the net's input
 */
export function meshCrop({ box, points }: Detection, turn = 0): Similarity {
  const side = CROP_SCALE * Math.max(box.width, box.height);
  const inputMiddle = { x: MESH_SIDE / 2, y: MESH_SIDE / 2 };
  return aboutPoint(centreOf(box), inputMiddle, MESH_SIDE / side, -eyeAngle(points) - turn);
}

/**
 * Decodes the net's points.
 *
 * The pose comes from two lines of the mesh, e from the outer corner of the left eye to that of the
 * right, and f from the top of the forehead to the chin:
 * yaw = atan2(e.z, e.x), pitch = atan2(−f.z, f.y), roll = the crop's rotation + atan2(e.y, e.x).
 *
 * @param values 468 × 3 values in input pixels
 * @param toInput the crop passed to the net
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
