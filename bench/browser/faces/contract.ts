import type { Box } from '../../../src/base/boxes.ts';
import type { Point } from '../../../src/vision/faces/align/geometry.ts';
import type { Face, FaceTimes } from '../../../src/vision/faces/types.ts';
import type { BackendName } from '../../../src/vision/types.ts';

export interface OpenedReport {
  readonly backend: BackendName;
  readonly space: string;
  readonly loadMs: number;
}

/** A face as it crosses to the bench: its vector as plain numbers. */
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
  /** Clockwise, by which the decoded picture is turned first. */
  readonly quarterTurns: number;
  /** Size at which the photo's file is written anew first, before any clock runs; 0: as it is. */
  readonly megapixels: number;
}

/** How far two ways to shrink a picture differ, in levels of 0 to 255. */
export interface ShrinkReport {
  readonly meanError: number;
  readonly largestError: number;
}

/** What the worker of `bench:faces` answers. */
export interface FacesContract {
  open(backend: BackendName, modelsUrl: string): OpenedReport;
  look(job: LookJob): LookReport;
  /** Describes the face in a box drawn by hand. */
  describe(url: string, box: Box): SeenFace;
  /** Holds the pipeline's drawing of a picture, shrunk to a long side, to an exact area filter. */
  shrink(url: string, longSide: number): ShrinkReport;
  /** Size in bytes and type of a face's chip, written as an image. */
  chip(url: string, points: readonly Point[]): { readonly bytes: number; readonly type: string };
}
