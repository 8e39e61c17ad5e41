import type { Detection } from './blazeface.ts';
import { DETECT_SIDE, decodeDetections } from './blazeface.ts';
import type { FaceNets } from './faceNets.ts';
import { overlapOfSmaller } from './geometry.ts';
import { toFloats } from './input.ts';
import type { Mesh } from './mesh.ts';
import { MESH_POINTS, MESH_SIDE, meshCrop, readMesh } from './mesh.ts';
import { mergeDetections } from './nms.ts';
import { MIN_SIZE_PX } from './quality.ts';
import type { Sampler } from './sampler.ts';
import type { Similarity } from './similarity.ts';
import type { View } from './views.ts';
import { isCut, tileViews, toPicture, wholeView } from './views.ts';

/** Least score of a detection. */
const MIN_SCORE = 0.5;
/** Two detections of one face overlap by more than this. */
const MERGE_IOU = 0.3;
/** Boxes of the zoomed-out pass count from this size on, as a share of the picture's long side. */
const ZOOMED_SHARE = 0.35;
/** Least certainty of the mesh net. */
const MIN_FLAG = 0.5;
/** Two boxes are one face's when they share more than this of the smaller. */
const SAME_OVERLAP = 0.5;
/** Crops that the mesh net sees at once. */
const MESH_BATCH = 8;

/** A detection that the mesh net holds for a face, in the picture's pixels. */
export interface CheckedFace {
  readonly detection: Detection;
  readonly mesh: Mesh;
  readonly flag: number;
}

const sizeOf = ({ box }: Detection): number => Math.max(box.width, box.height);

/** One pass of the detector. @returns in the picture's pixels, large enough, not yet merged */
export async function lookAt(sampler: Sampler, nets: FaceNets, view: View): Promise<Detection[]> {
  const pixels = sampler.read(view.toInput, DETECT_SIDE);
  const output = await nets.detect(toFloats([pixels], 1 / 127.5, -1));
  return decodeDetections(output, MIN_SCORE)
    .map((detection) => toPicture(view, detection))
    .filter((detection) => sizeOf(detection) >= MIN_SIZE_PX);
}

/** The whole picture, as it is and zoomed out for faces that fill it. */
export async function lookAtWhole(sampler: Sampler, nets: FaceNets): Promise<Detection[]> {
  const { width, height } = sampler;
  const near = await lookAt(sampler, nets, wholeView(width, height));
  const far = await lookAt(sampler, nets, wholeView(width, height, 2));
  const large = far.filter((d) => sizeOf(d) >= ZOOMED_SHARE * Math.max(width, height));
  return mergeDetections([...near, ...large], MERGE_IOU);
}

/** What the tiles show besides the faces that are known. */
export async function lookAtTiles(
  sampler: Sampler,
  nets: FaceNets,
  known: readonly CheckedFace[],
): Promise<Detection[]> {
  const { width, height } = sampler;
  const found: Detection[] = [];
  for (const view of tileViews(width, height)) {
    for (const detection of await lookAt(sampler, nets, view)) {
      const { box } = detection;
      if (isCut(box, view.tile, width, height)) continue;
      if (known.some((face) => overlapOfSmaller(face.detection.box, box) > SAME_OVERLAP)) continue;
      found.push(detection);
    }
  }
  return mergeDetections(found, MERGE_IOU);
}

/** What the mesh net makes of a detection. */
export interface MeshLook {
  readonly flag: number;
  readonly mesh: Mesh;
}

/** Looks at crops of the picture through the mesh net, several at a time. */
export async function lookAtCrops(
  sampler: Sampler,
  nets: FaceNets,
  crops: readonly Similarity[],
): Promise<MeshLook[]> {
  const looks: MeshLook[] = [];
  for (let from = 0; from < crops.length; from += MESH_BATCH) {
    const batch = crops.slice(from, from + MESH_BATCH);
    const pixels = batch.map((crop) => sampler.read(crop, MESH_SIDE));
    const { flags, points } = await nets.mesh(toFloats(pixels, 1 / 255, 0), batch.length);
    for (const [i, crop] of batch.entries()) {
      const values = points.subarray(i * 3 * MESH_POINTS, (i + 1) * 3 * MESH_POINTS);
      looks.push({ flag: flags[i]!, mesh: readMesh(values, crop) });
    }
  }
  return looks;
}

/**
 * Checks detections by the mesh net, the surest first, and drops what it does not hold for a face
 * or what is the same face as one before.
 */
export async function checkFaces(
  sampler: Sampler,
  nets: FaceNets,
  detections: readonly Detection[],
  known: readonly CheckedFace[],
): Promise<CheckedFace[]> {
  const crops = detections.map((detection) => meshCrop(detection));
  const looks = await lookAtCrops(sampler, nets, crops);
  const kept: CheckedFace[] = [];
  for (const [i, { flag, mesh }] of looks.entries()) {
    if (!(flag >= MIN_FLAG)) continue;
    const isSame = (face: CheckedFace) => overlapOfSmaller(face.mesh.box, mesh.box) > SAME_OVERLAP;
    if (known.some(isSame) || kept.some(isSame)) continue;
    kept.push({ detection: detections[i]!, mesh, flag });
  }
  return kept;
}
