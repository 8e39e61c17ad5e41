import { AkinError } from '../../base/errors.ts';
import type { LayerMaps, NetInput, PhotoId } from '../../protocol/index.ts';
import { drawInputs } from '../../vision/decoding/prepare.ts';
import type { Model } from '../models/model.ts';
import { throwIfAborted } from '../shared/yieldToEventLoop.ts';

export interface LayersOptions {
  /** The model in use. */
  readonly model: () => Promise<Model>;
  readonly layers: (model: Model, picture: readonly NetInput[]) => Promise<LayerMaps>;
  /** The file of a photo. @throws AkinError `not-found` */
  readonly original: (id: PhotoId) => Promise<Blob>;
}

/**
 * What layers of the first net of the model in use respond to on a photo. Runs that net once, as an
 * import would; stores nothing.
 *
 * @throws AkinError `no-feature-map` if its layers aren't known; `not-found` for a photo that is
 *   gone; as an import for pictures
 */
export async function layersOf(
  photo: PhotoId,
  signal: AbortSignal,
  { model, layers, original }: LayersOptions,
): Promise<LayerMaps> {
  if (!Number.isInteger(photo)) {
    throw new AkinError('invalid-argument', 'A photo is named by a whole number.');
  }
  const chosen = await model();
  const picture = await drawInputs(await original(photo), {
    signal,
    inputs: chosen.inputs,
  });
  throwIfAborted(signal);
  const { view, layers: found } = await layers(chosen, picture);
  return { view, layers: found };
}
