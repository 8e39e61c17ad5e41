import { engine } from '@tensorflow/tfjs-core';
import { AkinError, toAkinError } from '../base/errors.ts';
import { openBackend } from './backend.ts';
import type { VisualFit } from './fitFile.ts';
import { D, readFit } from './fitFile.ts';
import type { ModelFiles } from './models.ts';
import { openModels } from './models.ts';
import type { TapNets } from './netTaps.ts';
import { loadTapNets } from './netTaps.ts';
import type { Embedder, EmbedderOptions, NetPictures } from './types.ts';
import { visualVector } from './visualVector.ts';

const ID = 'visual-v1';

async function loadFit(files: ModelFiles): Promise<VisualFit> {
  const json = await files.json(`${ID}/fit.json`);
  const bytes = await files.bytes(`${ID}/fit.bin`);
  return readFit(json, bytes, files.sha256(`${ID}/fit.bin`));
}

/**
 * Ends work when the device is lost, since a read from a lost device may never settle, and names
 * the loss as the cause of whatever fails because of it.
 */
function endOnLoss(lost: Promise<AkinError>): <T>(work: Promise<T>) => Promise<T> {
  let loss: AkinError | undefined;
  const rejected = lost.then((error) => {
    loss = error;
    throw error;
  });
  // Nobody may be waiting when it happens; then it is `onLost` that tells.
  rejected.catch(() => {});
  return async (work) => {
    try {
      return await Promise.race([work, rejected]);
    } catch (error) {
      // An operation's own error may come a moment before the news of the loss.
      await new Promise((resolve) => setTimeout(resolve, 0));
      throw loss ?? toAkinError(error);
    }
  };
}

function embedderOf(
  fit: VisualFit,
  nets: TapNets,
  opened: Awaited<ReturnType<typeof openBackend>>,
  guarded: ReturnType<typeof endOnLoss>,
): Embedder {
  let disposed = false;
  // One run at a time: two would interleave on one device and each would count the other's time.
  let previous: Promise<unknown> = Promise.resolve();

  const run = async (pictures: readonly NetPictures[]) => {
    if (disposed) throw new AkinError('internal', 'The embedder was disposed of.');
    const start = performance.now();
    const { taps, netMs } = await guarded(nets.run(pictures));
    const vectors = taps.map((pair) => visualVector(pair, fit));
    return { vectors, netMs, otherMs: performance.now() - start - netMs };
  };

  return {
    space: `${ID}/${fit.id}/${D}`,
    d: D,
    backend: opened.report,
    calibration: fit.calibration,
    // As `tf.memory()` counts, which however needs a backend: none is left once this is disposed of.
    tensors: () => engine().state.numTensors,
    embed: (pictures) => {
      const result = previous.then(() => run(pictures));
      // One failure must not fail the calls after it.
      previous = result.catch(() => {});
      return result;
    },
    dispose: () => {
      if (disposed) return;
      disposed = true;
      nets.dispose();
      opened.dispose();
    },
  };
}

/**
 * Starts a backend, loads the nets and the fit of `visual-v1`, and warms them up.
 *
 * TF.js runs on one backend at a time, globally: have one embedder at a time, and dispose of it
 * before creating the next.
 *
 * @throws AkinError `model-missing`, `model-corrupt`, `backend-unavailable`, `device-lost`
 */
export async function createEmbedder(options: EmbedderOptions): Promise<Embedder> {
  const { modelsUrl, backend, exclude, onProgress, onLost } = options;
  const files = await openModels(modelsUrl, (loadedBytes, totalBytes) =>
    onProgress?.({ stage: 'download', loadedBytes, totalBytes }),
  );
  const fit = await loadFit(files);
  const opened = await openBackend({
    files,
    force: backend,
    exclude,
    onProbe: (name) => onProgress?.({ stage: 'probe', backend: name }),
  });
  const guarded = endOnLoss(opened.lost);
  let nets: TapNets | undefined;
  try {
    nets = await guarded(loadTapNets(files));
    onProgress?.({ stage: 'compile' });
    await guarded(nets.warmUp());
  } catch (error) {
    nets?.dispose();
    opened.dispose();
    throw error;
  }
  opened.lost.then((error) => onLost?.(error));
  onProgress?.({ stage: 'ready' });
  return embedderOf(fit, nets, opened, guarded);
}
