import type { GraphModel } from '@tensorflow/tfjs-converter';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import type { Tensor } from '@tensorflow/tfjs-core';
import { io, tensor4d, tidy } from '@tensorflow/tfjs-core';
import type { ModelFiles } from '../models.ts';
import { loadArtifacts } from '../models.ts';
import type { DetectorOutput } from './detect/blazeface.ts';
import { DETECT_SIDE } from './detect/blazeface.ts';
import { MESH_SIDE } from './detect/mesh.ts';
import type { DlibNet } from './embed/dlibNet.ts';
import { createDlibNet } from './embed/dlibNet.ts';
import { DETECTOR, MESH, RECOGNITION } from './faceModels.ts';

/** Outputs of the detector: logits of both layers, rows of both layers. */
const DETECTOR_OUTPUTS = ['Identity:0', 'Identity_1:0', 'Identity_2:0', 'Identity_3:0'];
/** Outputs of the mesh net: the flag, a sigmoid already; the points. */
const MESH_OUTPUTS = ['Identity_1:0', 'Identity_2:0'];

/**
 * The three nets, on TF.js's current backend. Results are read with `data()`, never synchronously.
 */
export interface FaceNets {
  /** @param rgb `256 × 256 × 3` values in [-1, 1] */
  detect(rgb: Float32Array): Promise<DetectorOutput>;
  /**
   * @param rgb `n × 192 × 192 × 3` values in [0, 1]
   * @returns `n` flags in [0, 1]; `n × 1404` coordinates
   */
  mesh(rgb: Float32Array, n: number): Promise<{ flags: Float32Array; points: Float32Array }>;
  /**
   * @param rgb `n × 150 × 150 × 3` values from 0 to 255
   * @returns `n × 128` values
   */
  embed(rgb: Float32Array, n: number): Promise<Float32Array>;
  dispose(): void;
}

async function read(tensors: readonly Tensor[]): Promise<Float32Array[]> {
  try {
    return (await Promise.all(tensors.map((tensor) => tensor.data()))) as Float32Array[];
  } finally {
    for (const tensor of tensors) tensor.dispose();
  }
}

/**
 * Loads the nets on TF.js's current backend.
 *
 * @throws AkinError `model-missing`, `model-corrupt`
 */
export async function loadFaceNets(files: ModelFiles): Promise<FaceNets> {
  const artifacts = await Promise.all(
    [DETECTOR, MESH, RECOGNITION].map((id) => loadArtifacts(files, id)),
  );
  const [detector, mesh, recognition] = artifacts as [
    io.ModelArtifacts,
    io.ModelArtifacts,
    io.ModelArtifacts,
  ];
  const graphs: GraphModel[] = [];
  let dlib: DlibNet | undefined;
  const dispose = (): void => {
    for (const graph of graphs.splice(0)) graph.dispose();
    dlib?.dispose();
    dlib = undefined;
  };
  try {
    graphs.push(await loadGraphModel(io.fromMemory(detector)));
    graphs.push(await loadGraphModel(io.fromMemory(mesh)));
    dlib = createDlibNet(recognition);
  } catch (error) {
    dispose();
    throw error;
  }
  const [detectGraph, meshGraph] = graphs as [GraphModel, GraphModel];
  const embedNet = dlib;

  const execute = (
    graph: GraphModel,
    rgb: Float32Array,
    n: number,
    side: number,
    outputs: string[],
  ) => tidy(() => graph.execute(tensor4d(rgb, [n, side, side, 3]), outputs) as Tensor[]);

  return {
    async detect(rgb) {
      const [nearLogits, farLogits, nearRows, farRows] = await read(
        execute(detectGraph, rgb, 1, DETECT_SIDE, DETECTOR_OUTPUTS),
      );
      return { logits: [nearLogits!, farLogits!], rows: [nearRows!, farRows!] };
    },
    async mesh(rgb, n) {
      const [flags, points] = await read(execute(meshGraph, rgb, n, MESH_SIDE, MESH_OUTPUTS));
      return { flags: flags!, points: points! };
    },
    async embed(rgb, n) {
      const [vectors] = await read([embedNet.run(rgb, n)]);
      return vectors!;
    },
    dispose,
  };
}
