import { engine } from '@tensorflow/tfjs-core';
import { AkinError, toAkinError } from '../base/errors.ts';
import { openBackend } from './backend.ts';
import type { ModelFiles } from './models.ts';
import { openModels } from './models.ts';
import { readFit, type SpaceFit } from './nets/fit.ts';
import { loadNet, type Net } from './nets/loadNet.ts';
import { projectFeatures } from './nets/projection.ts';
import { type NetSpec, readNetSpec } from './nets/spec.ts';
import { topClasses } from './nets/topClasses.ts';
import type { BackendName, Embedder, EmbedderOptions, NetPicture } from './types.ts';

const ID = 'visual-v2';

/** Pictures of one size that a call of the net sees. Without a graphics card more gain nothing. */
const BATCH: Record<BackendName, number> = { webgpu: 4, webgl: 4, wasm: 1, cpu: 1 };

async function loadFit(files: ModelFiles): Promise<SpaceFit> {
  const [json, bytes] = await Promise.all([
    files.json(`${ID}/fit.json`),
    files.bytes(`${ID}/fit.bin`),
  ]);
  return readFit(json, bytes, files.sha256(`${ID}/fit.bin`));
}

async function loadSpec(files: ModelFiles, { net, projection }: SpaceFit): Promise<NetSpec> {
  const spec = readNetSpec(await files.json(`${net}/spec.json`));
  if (spec.id === net && spec.tap.dims === projection.dims) return spec;
  throw new AkinError('model-corrupt', `The visual model doesn’t fit its net ${net}.`);
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
  fit: SpaceFit,
  net: Net,
  opened: Awaited<ReturnType<typeof openBackend>>,
  guarded: ReturnType<typeof endOnLoss>,
): Embedder {
  const { d } = fit.projection;
  let disposed = false;
  // One run at a time: two would interleave on one device and each would count the other's time.
  let previous: Promise<unknown> = Promise.resolve();

  const run = async (pictures: readonly NetPicture[]) => {
    if (disposed) throw new AkinError('internal', 'The embedder was disposed of.');
    const start = performance.now();
    const { readings, netMs } = await guarded(net.run(pictures));
    const vectors = readings.map(({ features }) => projectFeatures(features, fit.projection));
    const classes = net.spec.classes && readings.map(({ logits }) => topClasses(logits!));
    return { vectors, classes, netMs, otherMs: performance.now() - start - netMs };
  };

  return {
    space: `${ID}/${fit.id}/${d}`,
    d,
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
      net.dispose();
      opened.dispose();
    },
  };
}

/**
 * Starts a backend, loads the net and the fit of the visual vector, and warms it up.
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
  const spec = await loadSpec(files, fit);
  const opened = await openBackend({
    files,
    force: backend,
    exclude,
    onProbe: (name) => onProgress?.({ stage: 'probe', backend: name }),
  });
  const guarded = endOnLoss(opened.lost);
  let net: Net | undefined;
  try {
    net = await guarded(loadNet(files, spec, BATCH[opened.report.active]));
    onProgress?.({ stage: 'compile' });
    await guarded(net.warmUp());
  } catch (error) {
    net?.dispose();
    opened.dispose();
    throw error;
  }
  opened.lost.then((error) => onLost?.(error));
  onProgress?.({ stage: 'ready' });
  return embedderOf(fit, net, opened, guarded);
}
