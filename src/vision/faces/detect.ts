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
import type { StageClock } from './stageClock.ts';
import { MAX_FACES } from './types.ts';
import type { View } from './views.ts';
import { isCut, tileViews, toPicture, wholeView } from './views.ts';

/** Least score of a detection. */
const MIN_SCORE = 0.5;
/** Least score of a hint: what may be a face, seen too small, too large or from the wrong side. */
const HINT_SCORE = 0.15;
/** Two detections of one face overlap by more than this. */
const MERGE_IOU = 0.3;
/** Boxes of the zoomed-out pass count from this size on, as a share of the picture's long side. */
const LARGE_SHARE = 0.35;
/** A face so large may be seen in part only: it is looked at from further away too. */
const FILLING_SHARE = 0.5;
/** Larger faces than this gain nothing by a tile. */
const SMALL_SHARE = 0.12;
/** Least certainty of the mesh net. */
const MIN_FLAG = 0.5;
/** Upright faces reach this, nearly all, in single precision; less, and it may stand on its head. */
const UPRIGHT_FLAG = 1 - 1e-7;
/** Least score of a hint that is worth turning the picture for, when nothing else was found. */
const TURN_SCORE = 0.3;
/** Two boxes are one face's when they share more than this of the smaller. */
const SAME_OVERLAP = 0.5;
/** Crops that the mesh net sees at once. */
const MESH_BATCH = 8;
/** Detections that are checked at most at once: a pattern may look like hundreds of faces. */
const MAX_CHECKED = 2 * MAX_FACES;

/** A detection that the mesh net holds for a face, in the picture's pixels. */
export interface CheckedFace {
  readonly detection: Detection;
  readonly mesh: Mesh;
  readonly flag: number;
  /** It stands on its head, beyond what the detector said. */
  readonly turned: boolean;
}

const sizeOf = ({ box }: Detection): number => Math.max(box.width, box.height);

const isSure = ({ score }: Detection): boolean => score >= MIN_SCORE;

const isNew = (detection: Detection, faces: readonly CheckedFace[]): boolean =>
  !faces.some((face) => overlapOfSmaller(face.detection.box, detection.box) > SAME_OVERLAP);

/** One pass of the detector. @returns in the picture's pixels, hints too, not yet merged */
async function lookAt(sampler: Sampler, nets: FaceNets, view: View): Promise<Detection[]> {
  const pixels = sampler.read(view.toInput, DETECT_SIDE);
  const output = await nets.detect(toFloats([pixels], 1 / 127.5, -1));
  return decodeDetections(output, HINT_SCORE)
    .map((detection) => toPicture(view, detection))
    .filter((detection) => sizeOf(detection) >= MIN_SIZE_PX);
}

/**
 * Looks through those tiles in which the first pass saw a hint of a small face: every face that
 * only a tile shows well was seen to leave one, and most photos have none.
 */
async function lookAtTiles(
  sampler: Sampler,
  nets: FaceNets,
  hints: readonly Detection[],
  known: readonly CheckedFace[],
): Promise<Detection[]> {
  const { width, height } = sampler;
  const small = hints.filter((hint) => sizeOf(hint) < SMALL_SHARE * Math.max(width, height));
  const found: Detection[] = [];
  for (const view of tileViews(width, height)) {
    const isWhole = ({ box }: Detection): boolean => !isCut(box, view.tile, width, height);
    if (!small.some((hint) => isNew(hint, known) && isWhole(hint))) continue;
    const seen = await lookAt(sampler, nets, view);
    found.push(...seen.filter((d) => isSure(d) && isWhole(d) && isNew(d, known)));
  }
  return mergeDetections(found, MERGE_IOU);
}

/** What the mesh net makes of a crop. */
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
 * What the mesh net says of detections. One that it is not quite sure of is turned upside down and
 * looked at again: the detector sees faces that stand on their head, but takes their mouth for
 * their eyes, and the mesh net is the surer the more upright the face.
 */
async function lookBothWays(
  sampler: Sampler,
  nets: FaceNets,
  detections: readonly Detection[],
): Promise<(MeshLook & { readonly turned: boolean })[]> {
  const upright = detections.map((detection) => meshCrop(detection));
  const first = await lookAtCrops(sampler, nets, upright);
  const looks = first.map((look) => ({ ...look, turned: false }));
  const doubtful = [...looks.keys()].filter((i) => looks[i]!.flag < UPRIGHT_FLAG);
  const turned = doubtful.map((i) => meshCrop(detections[i]!, Math.PI));
  for (const [n, look] of (await lookAtCrops(sampler, nets, turned)).entries()) {
    const i = doubtful[n]!;
    if (look.flag > looks[i]!.flag) looks[i] = { ...look, turned: true };
  }
  return looks;
}

/**
 * Checks detections by the mesh net, the surest first, and drops what it does not hold for a face
 * or what is the same face as one before.
 */
async function checkFaces(
  sampler: Sampler,
  nets: FaceNets,
  detections: readonly Detection[],
  known: readonly CheckedFace[],
): Promise<CheckedFace[]> {
  const kept = [...known];
  const asked = detections.slice(0, MAX_CHECKED);
  for (const [i, look] of (await lookBothWays(sampler, nets, asked)).entries()) {
    const { box } = look.mesh;
    const isKnown = kept.some(({ mesh }) => overlapOfSmaller(mesh.box, box) > SAME_OVERLAP);
    if (look.flag >= MIN_FLAG && !isKnown) kept.push({ ...look, detection: asked[i]! });
  }
  return kept;
}

/** Whether the picture must be looked at zoomed out: nothing was found, or a face that may fill it. */
function mayBeFilled(
  near: readonly Detection[],
  faces: readonly CheckedFace[],
  longSide: number,
): boolean {
  return (
    faces.length === 0 ||
    faces.some(({ detection }) => sizeOf(detection) >= FILLING_SHARE * longSide) ||
    near.some((hint) => sizeOf(hint) >= LARGE_SHARE * longSide && isNew(hint, faces))
  );
}

/** Whether it is worth looking at the picture upside down. */
const mayBeTurned = (near: readonly Detection[], faces: readonly CheckedFace[]): boolean =>
  faces.some(({ turned }) => turned) ||
  (faces.length === 0 && near.some(({ score }) => score >= TURN_SCORE));

/**
 * Finds the faces of a picture. One pass over the whole is enough for most; what it found, or left
 * as a hint, says whether the picture is looked at from further away, upside down, or in tiles.
 */
export async function detectFaces(
  sampler: Sampler,
  nets: FaceNets,
  clock: StageClock,
): Promise<CheckedFace[]> {
  const { width, height } = sampler;
  const longSide = Math.max(width, height);
  const look = (zoomOut: number, quarterTurns: number) =>
    clock.time('detectMs', () =>
      lookAt(sampler, nets, wholeView(width, height, zoomOut, quarterTurns)),
    );
  const check = (detections: readonly Detection[], known: readonly CheckedFace[]) =>
    clock.time('checkMs', () => checkFaces(sampler, nets, detections, known));

  const near = await look(1, 0);
  let found = mergeDetections(near.filter(isSure), MERGE_IOU);
  let faces = await check(found, []);
  if (mayBeFilled(near, faces, longSide)) {
    const far = await look(2, 0);
    const large = far.filter((d) => isSure(d) && sizeOf(d) >= LARGE_SHARE * longSide);
    if (large.length > 0) {
      found = mergeDetections([...near.filter(isSure), ...large], MERGE_IOU);
      faces = await check(found, []);
    }
  }
  if (mayBeTurned(near, faces)) {
    const fills = faces.some(({ detection }) => sizeOf(detection) >= FILLING_SHARE * longSide);
    const turned = (await look(fills ? 2 : 1, 2)).filter(isSure);
    if (turned.length > 0) {
      // Not merged with the others, whose eyes are where its mouth is; the surer one wins.
      found.push(...mergeDetections(turned, MERGE_IOU));
      found.sort((a, b) => b.score - a.score);
      faces = await check(found, []);
    }
  }
  const tiled = await clock.time('tilesMs', () => lookAtTiles(sampler, nets, near, faces));
  return check(tiled, faces);
}
