import type { NetsModel } from '../../protocol/index.ts';
import type { ModelFiles } from '../../vision/models.ts';
import { loadNet, type Net } from '../../vision/nets/loadNet.ts';
import { loadModel, readModelSource } from '../../vision/nets/model.ts';
import { vectorOf } from '../../vision/nets/projection.ts';
import type { NetInputSpec } from '../../vision/nets/spec.ts';
import type { NetPicture } from '../../vision/types.ts';

/** The model in use, loaded beside the one on trial. */
export interface CurrentNets {
  /** The inputs of its nets for a picture, in order. */
  readonly inputs: readonly NetInputSpec[];
  /** @param pictures one per net, all of one picture @returns its unit vector */
  see(pictures: readonly NetPicture[]): Promise<Float32Array>;
  dispose(): void;
}

/**
 * Loads a model on the current TF.js backend.
 *
 * @throws AkinError `model-missing`, `model-corrupt`
 */
export async function openCurrentNets(source: NetsModel, served: ModelFiles): Promise<CurrentNets> {
  const { parts } = await loadModel(readModelSource(source), served);
  const nets: Net[] = [];
  const dispose = () => {
    for (const net of nets) net.dispose();
  };
  try {
    for (const { files, spec } of parts) nets.push(await loadNet(files, spec, 1));
  } catch (thrown) {
    dispose();
    throw thrown;
  }
  const projections = parts.map(({ projection }) => projection);
  return {
    inputs: parts.map(({ spec }) => spec.input),
    async see(pictures) {
      const features: Float32Array[] = [];
      for (const [p, net] of nets.entries()) {
        const { readings } = await net.run([pictures[p]!]);
        features.push(readings[0]!.features);
      }
      return vectorOf(projections, features);
    },
    dispose,
  };
}
