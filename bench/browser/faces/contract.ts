import type { Box } from '../../../src/base/boxes.ts';
import type { Point } from '../../../src/vision/faces/align/geometry.ts';
import type { Face, FaceTimes } from '../../../src/vision/faces/types.ts';
import type { BackendName } from '../../../src/vision/types.ts';

export interface OpenedReport {
  readonly backend: BackendName;
  readonly space: string;
  readonly loadMs: number;
}

/** A face as sent to the benchmark, with its vector as plain numbers. */
export interface SeenFace extends Omit<Face, 'vector'> {
  readonly vector: readonly number[];
}

export interface LookReport {
  readonly width: number;
  readonly height: number;
  readonly faces: readonly SeenFace[];
  readonly leftOut: number;
  readonly decodeMs: number;
  readonly ms: FaceTimes;
  /** Decoding and all stages. */
  readonly allMs: number;
  /** Live tensors afterwards. */
  readonly tensors: number;
}

export interface LookJob {
  readonly url: string;
  /** Clockwise rotation applied to the decoded picture first. */
  readonly quarterTurns: number;
  /** Size to re-encode the photo's file at, untimed; 0 leaves it unchanged. */
  readonly megapixels: number;
}

/** Difference between two downscaling methods, in levels of 0 to 255. */
export interface ShrinkReport {
  readonly meanError: number;
  readonly largestError: number;
}

/** API of the `bench:faces` worker. */
export interface FacesContract {
  open(backend: BackendName, modelsUrl: string): OpenedReport;
  look(job: LookJob): LookReport;
  /** Describes the face in a manually drawn box. */
  describe(url: string, box: Box): SeenFace;
  /** Compares the pipeline's downscaling of a picture to a long side with an exact area filter. */
  shrink(url: string, longSide: number): ShrinkReport;
  /** Size in bytes and type of a face's chip, encoded as an image. */
  chip(url: string, points: readonly Point[]): { readonly bytes: number; readonly type: string };
}
