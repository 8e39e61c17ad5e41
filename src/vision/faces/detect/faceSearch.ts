import type { Box } from '../../../base/boxes.ts';
import { iou } from '../../../base/boxes.ts';
import { overlapOfSmaller } from '../align/geometry.ts';
import type { SquareReader } from '../align/sampler.ts';
import type { Similarity } from '../align/similarity.ts';
import { MIN_SIZE_PX } from '../embed/quality.ts';
import type { FaceNets } from '../faceNets.ts';
import { toFloats } from '../input.ts';
import type { StageClock } from '../stageClock.ts';
import { MAX_FACES } from '../types.ts';
import type { Detection } from './blazeface.ts';
import { DETECT_SIDE, decodeDetections } from './blazeface.ts';
import { drawnDetection, viewAround } from './drawn.ts';
import type { Mesh } from './mesh.ts';
import { MESH_POINTS, MESH_SIDE, meshCrop, readMesh } from './mesh.ts';
import { mergeDetections } from './nms.ts';
import type { View } from './views.ts';
import { isCut, tileViews, toPicture, wholeView } from './views.ts';

/** Minimum score of a detection. */
const MIN_SCORE = 0.5;
/** Minimum score of a hint: a possible face, seen too small, too large or rotated. */
const HINT_SCORE = 0.2;
/** A hint's size is approximate: it may be this much below the minimum for faces. */
const HINT_SIZE_SHARE = 0.75;
/** Minimum score of a hint worth rotating the picture for, if no face was found. */
const TURN_SCORE = 0.3;
/** Minimum overlap of two detections of one face. */
const MERGE_IOU = 0.3;
/** Boxes of the zoomed-out pass count from this share of the picture's long side. */
const LARGE_SHARE = 0.35;
/** A face this large may be cropped, so a zoomed-out pass follows. */
const FILLING_SHARE = 0.5;
/** Larger faces gain nothing from a tile. */
const SMALL_SHARE = 0.08;
/** Minimum confidence of the mesh net. */
export const MIN_FLAG = 0.5;
/**
 * Nearly all upright faces reach this, in single precision; with less, a face may be upside down.
 */
const UPRIGHT_FLAG = 1 - 1e-7;
/** Two boxes belong to one face if they share more than this of the smaller. */
const SAME_OVERLAP = 0.5;
/** Minimum overlap of a drawn box with the detected face it means. */
const DRAWN_IOU = 0.25;
/** Crops per batch of the mesh net. */
const MESH_BATCH = 8;
/** Maximum detections checked at once: a pattern may look like hundreds of faces. */
const MAX_CHECKED = 2 * MAX_FACES;

/** The mesh net's output for a crop. */
export interface MeshLook {
  /** Confidence that this is a face, in [0, 1]. */
  readonly flag: number;
  readonly mesh: Mesh;
}

/** A detection confirmed by the mesh net, in the picture's pixels. */
export interface CheckedFace extends MeshLook {
  readonly detection: Detection;
}

const sizeOf = ({ box }: Detection): number => Math.max(box.width, box.height);

const isSure = ({ score }: Detection): boolean => score >= MIN_SCORE;

const isNew = (detection: Detection, faces: readonly CheckedFace[]): boolean =>
  !faces.some((face) => overlapOfSmaller(face.detection.box, detection.box) > SAME_OVERLAP);

const merge = (detections: readonly Detection[]): Detection[] =>
  mergeDetections(detections, MERGE_IOU);

/**
 * Scans one picture for faces. One detector pass over the whole is enough for most pictures; its
 * faces and hints decide whether to zoom out, rotate, or use tiles.
 */
export class FaceSearch {
  readonly #sampler: SquareReader;
  readonly #nets: FaceNets;
  readonly #clock: StageClock;
  readonly #longSide: number;
  /** Already checked: later passes return the same detections again. */
  readonly #looks = new Map<Detection, MeshLook>();

  constructor(sampler: SquareReader, nets: FaceNets, clock: StageClock) {
    this.#sampler = sampler;
    this.#nets = nets;
    this.#clock = clock;
    this.#longSide = Math.max(sampler.width, sampler.height);
  }

  async run(): Promise<CheckedFace[]> {
    const near = await this.#lookAtWhole(1, 0);
    let found = merge(near.filter(isSure));
    let faces = await this.#check(found, []);
    if (this.#mayBeFilled(near, faces)) {
      const far = (await this.#lookAtWhole(2, 0)).filter((d) => this.#share(d) >= LARGE_SHARE);
      if (far.some(isSure)) {
        found = merge([...near, ...far].filter(isSure));
        faces = await this.#check(found, []);
      }
    }
    const quarterTurns = await this.#turnsToUpright(near, found, faces);
    if (quarterTurns !== 0) {
      const fills = found.some((d) => this.#share(d) >= FILLING_SHARE);
      const turned = (await this.#lookAtWhole(fills ? 2 : 1, quarterTurns)).filter(isSure);
      // Not merged with the others, which may have mouth and eyes swapped; the higher score wins.
      found = [...found, ...merge(turned)].sort((a, b) => b.score - a.score);
      if (turned.length > 0) faces = await this.#check(found, []);
    }
    const small = near.filter((d) => this.#share(d) < SMALL_SHARE && isNew(d, faces));
    return this.#check(await this.#lookAtTiles(small, faces), faces);
  }

  /**
   * The face in a drawn box: detected around the box, else searched for in the box itself, in any
   * orientation. Always has a mesh, which is only meaningful if the flag says it is a face.
   */
  async inDrawn(box: Box): Promise<CheckedFace> {
    const near = await this.#clock.time('detectMs', () => this.#lookAt(viewAround(box)));
    const fitting = merge(near.filter(isSure)).filter((d) => iou(d.box, box) >= DRAWN_IOU);
    const [found] = await this.#check(fitting, []);
    if (found) return found;
    const drawn = [0, 1, 2, 3].map((quarters) => drawnDetection(box, quarters));
    const looks = await this.#clock.time('checkMs', () =>
      this.#lookAtCrops(drawn.map((detection) => meshCrop(detection))),
    );
    const faces = looks.map((look, i) => ({ ...look, detection: drawn[i]! }));
    return faces.reduce((best, face) => (face.flag > best.flag ? face : best));
  }

  /** A detection's size as a share of the picture's long side. */
  #share(detection: Detection): number {
    return sizeOf(detection) / this.#longSide;
  }

  /** One detector pass. @returns in the picture's pixels, including hints, not yet merged */
  async #lookAt(view: View): Promise<Detection[]> {
    const pixels = this.#sampler.read(view.toInput, DETECT_SIDE);
    const output = await this.#nets.detect(toFloats([pixels], 1 / 127.5, -1));
    return decodeDetections(output, HINT_SCORE)
      .map((detection) => toPicture(view, detection))
      .filter((d) => sizeOf(d) >= (isSure(d) ? MIN_SIZE_PX : HINT_SIZE_SHARE * MIN_SIZE_PX));
  }

  #lookAtWhole(zoomOut: number, quarterTurns: number): Promise<Detection[]> {
    const { width, height } = this.#sampler;
    const view = wholeView(width, height, zoomOut, quarterTurns);
    return this.#clock.time('detectMs', () => this.#lookAt(view));
  }

  /**
   * Scans the tiles in which the first pass left a hint of a small face. Every face that only a
   * tile shows well was found to leave a hint, and most photos have none.
   */
  #lookAtTiles(hints: readonly Detection[], known: readonly CheckedFace[]): Promise<Detection[]> {
    const { width, height } = this.#sampler;
    return this.#clock.time('tilesMs', async () => {
      const found: Detection[] = [];
      for (const view of tileViews(width, height)) {
        const isWhole = ({ box }: Detection): boolean => !isCut(box, view.tile, width, height);
        if (!hints.some(isWhole)) continue;
        const seen = await this.#lookAt(view);
        found.push(...seen.filter((d) => isSure(d) && isWhole(d) && isNew(d, known)));
      }
      return merge(found);
    });
  }

  /** Runs the mesh net on crops of the picture, in batches. */
  async #lookAtCrops(crops: readonly Similarity[]): Promise<MeshLook[]> {
    const looks: MeshLook[] = [];
    for (let from = 0; from < crops.length; from += MESH_BATCH) {
      const batch = crops.slice(from, from + MESH_BATCH);
      const pixels = batch.map((crop) => this.#sampler.read(crop, MESH_SIDE));
      const { flags, points } = await this.#nets.mesh(toFloats(pixels, 1 / 255, 0), batch.length);
      for (const [i, crop] of batch.entries()) {
        const values = points.subarray(i * 3 * MESH_POINTS, (i + 1) * 3 * MESH_POINTS);
        looks.push({ flag: flags[i]!, mesh: readMesh(values, crop) });
      }
    }
    return looks;
  }

  /**
   * Checks detections with the mesh net, highest score first, and drops non-faces and duplicates of
   * earlier faces.
   *
   * @returns the known ones, followed by the new ones
   */
  #check(detections: readonly Detection[], known: readonly CheckedFace[]): Promise<CheckedFace[]> {
    return this.#clock.time('checkMs', async () => {
      const asked = detections.slice(0, MAX_CHECKED);
      const unseen = asked.filter((detection) => !this.#looks.has(detection));
      const looks = await this.#lookAtCrops(unseen.map((detection) => meshCrop(detection)));
      for (const [i, detection] of unseen.entries()) this.#looks.set(detection, looks[i]!);
      const kept = [...known];
      for (const detection of asked) {
        const { flag, mesh } = this.#looks.get(detection)!;
        const isKnown = kept.some(
          (face) => overlapOfSmaller(face.mesh.box, mesh.box) > SAME_OVERLAP,
        );
        if (flag >= MIN_FLAG && !isKnown) kept.push({ detection, flag, mesh });
      }
      return kept;
    });
  }

  /** Whether to zoom out: nothing was found, or a face that may fill the picture. */
  #mayBeFilled(near: readonly Detection[], faces: readonly CheckedFace[]): boolean {
    return (
      faces.length === 0 ||
      faces.some(({ detection }) => this.#share(detection) >= FILLING_SHARE) ||
      near.some((hint) => this.#share(hint) >= LARGE_SHARE && isNew(hint, faces))
    );
  }

  /**
   * Number of clockwise quarter turns worth trying for another pass; 0 for none. The detector
   * handles a sideways picture well, but not tilted heads in it; on upside-down faces it takes the
   * mouth for the eyes, while the mesh net is more confident the more upright a face is.
   */
  async #turnsToUpright(
    near: readonly Detection[],
    found: readonly Detection[],
    faces: readonly CheckedFace[],
  ): Promise<number> {
    const [best] = faces;
    const lies = best === undefined ? 0 : (4 - Math.round(best.mesh.pose.roll / 90)) % 4;
    if (lies !== 0) return lies;
    if (near.some((hint) => hint.score >= TURN_SCORE && isNew(hint, faces))) return 2;
    const flagOf = (detection: Detection): number => this.#looks.get(detection)?.flag ?? 1;
    const doubtful = found.filter((d) => flagOf(d) < UPRIGHT_FLAG).slice(0, MESH_BATCH);
    const turned = doubtful.map((detection) => meshCrop(detection, Math.PI));
    const looks = await this.#clock.time('checkMs', () => this.#lookAtCrops(turned));
    const isHeadDown = looks.some(({ flag }, i) => flag >= MIN_FLAG && flag > flagOf(doubtful[i]!));
    return isHeadDown ? 2 : 0;
  }
}
