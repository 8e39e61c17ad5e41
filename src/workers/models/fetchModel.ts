import { AkinError } from '../../base/errors.ts';
import { type ModelFiles, openModels } from '../../vision/models.ts';
import { loadModel } from '../../vision/nets/model.ts';

/**
 * Downloads all files of a built-in model, which the service worker caches. Done before the model
 * is used, so no import stalls for lack of them.
 *
 * @throws AkinError `offline` if a file is unavailable, `model-corrupt`
 */
export async function fetchModel(
  modelsUrl: string,
  id: string,
  open: (url: string) => Promise<ModelFiles> = openModels,
): Promise<void> {
  try {
    const files = await open(modelsUrl);
    const { parts } = await loadModel({ kind: 'built-in', id }, files);
    for (const { spec } of parts) {
      for (const name of Object.keys(spec.files)) await files.bytes(`${spec.id}/${name}`);
    }
  } catch (thrown) {
    if (!(thrown instanceof AkinError) || thrown.code !== 'model-missing') throw thrown;
    throw new AkinError(
      'offline',
      'This model has to be downloaded first, and that didn’t work. Check the connection, then choose it again. Until then everything stays as it is.',
      { cause: thrown, details: { reason: 'model' } },
    );
  }
}
