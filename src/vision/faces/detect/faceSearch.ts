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

/** Least score of a detection. */
const MIN_SCORE = 0.5;
/** Least score of a hint: what may be a face, seen too small, too large or from the wrong side. */
const HINT_SCORE = 0.2;
/** The size of a hint is a guess: it may be this much smaller than the least of a face. */
const HINT_SIZE_SHARE = 0.75;
/** Least score of a hint that is worth turning the picture for, when it stays without a face. */
const TURN_SCORE = 0.3;
/** Two detections of one face overlap by more than this. */
const MERGE_IOU = 0.3;
/** Boxes of the zoomed-out pass count from this size on, as a share of the picture's long side. */
const LARGE_SHARE = 0.35;
/** A face so large may be seen in part only: it is looked at from further away too. */
const FILLING_SHARE = 0.5;
/** Larger faces than this gain nothing by a tile. */
const SMALL_SHARE = 0.08;
/** Least certainty of the mesh net. */
export const MIN_FLAG = 0.5;
/** Upright faces reach this, nearly all, in single precision; less, and it may stand on its head. */
const UPRIGHT_FLAG = 1 - 1e-7;
/** Two boxes are one face's when they share more than this of the smaller. */
const SAME_OVERLAP = 0.5;
/** A face found around a drawn box is the one meant when the boxes overlap so much. */
const DRAWN_IOU = 0.25;
/** Crops that the mesh net sees at once. */
const MESH_BATCH = 8;
/** Detections that are checked at most at once: a pattern may look like hundreds of faces. */
const MAX_CHECKED = 2 * MAX_FACES;

/** What the mesh net makes of a crop. */
export interface MeshLook {
  /** Its certainty that this is a face, in [0, 1]. */
  readonly flag: number;
  readonly mesh: Mesh;
}

/** A detection that the mesh net holds for a face, in the picture's pixels. */
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
 * The search for the faces of one picture. One pass of the detector over the whole is enough for
 * most pictures; what it found, or left as a hint, says whether to look from further away, upside
 * down, or in tiles.
 */
export class FaceSearch {
  readonly #sampler: SquareReader;
  readonly #nets: FaceNets;
  readonly #clock: StageClock;
  readonly #longSide: number;
  /** What was checked already: later passes bring the same detections again. */
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
      // Not merged with the others, whose eyes may be where its mouth is; the surer one wins.
      found = [...found, ...merge(turned)].sort((a, b) => b.score - a.score);
      if (turned.length > 0) faces = await this.#check(found, []);
    }
    const small = near.filter((d) => this.#share(d) < SMALL_SHARE && isNew(d, faces));
    return this.#check(await this.#lookAtTiles(small, faces), faces);
  }

  /**
   * The face in a box that a person drew: found anew around the box, else looked for in the box
   * itself, whichever way up it is. The mesh is there in every case, but means a face only where
   * the flag says so.
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

  /** One pass of the detector. @returns in the picture's pixels, hints too, not yet merged */
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
   * Looks through those tiles in which the first pass saw a hint of a small face. Every face that
   * a tile alone shows well was seen to leave one, and most photos have none.
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

  /** Looks at crops of the picture through the mesh net, several at a time. */
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
   * Checks detections by the mesh net, the surest first, and drops what it does not hold for a
   * face or what is the same face as one before.
   *
   * @returns the known ones, and behind them the new
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

  /** Whether to look from further away: nothing was found, or a face that may fill the picture. */
  #mayBeFilled(near: readonly Detection[], faces: readonly CheckedFace[]): boolean {
    return (
      faces.length === 0 ||
      faces.some(({ detection }) => this.#share(detection) >= FILLING_SHARE) ||
      near.some((hint) => this.#share(hint) >= LARGE_SHARE && isNew(hint, faces))
    );
  }

  /**
   * By how many quarters, clockwise, the picture is worth turning for one more look; 0 for none.
   * The detector sees a picture that lies on its side well, but not the heads that are tilted in
   * it; and of faces that stand on their head it takes the mouth for the eyes, while the mesh net
   * is surer of a face the more upright it is.
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
