import { engine } from '@tensorflow/tfjs-core';
import { AkinError } from '../base/errors.ts';
import { openBackend } from './backends/backend.ts';
import { endOnLoss } from './backends/endOnLoss.ts';
import { explain, type SeenPicture } from './explain.ts';
import { openModels } from './models.ts';
import type { FeatureMap } from './nets/contributions.ts';
import { loadNet, type Net, type NetReading } from './nets/loadNet.ts';
import { loadModel, type Model, type ModelPart, type ModelSource } from './nets/model.ts';
import { vectorOf } from './nets/projection.ts';
import { topClasses } from './nets/topClasses.ts';
import { regionsOf, viewOf } from './regions.ts';
import type { BackendName, Embedder, LoadProgress, NetPicture, TopClasses } from './types.ts';

export interface EmbedderOptions {
  readonly model: ModelSource;
  /** URL of the folder `models/`, on the app's own origin, ending in a slash. */
  readonly modelsUrl: string;
  /** Forces this backend; by default the best that works is chosen. */
  readonly backend?: BackendName | undefined;
  /** Backends to skip, such as one whose device was lost twice. */
  readonly exclude?: readonly BackendName[] | undefined;
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined;
  /**
   * Called once when the graphics device or context is lost, with code `device-lost`. `embed` then
   * rejects with it: dispose of this embedder, create another, and continue with that photo.
   */
  readonly onLost?: ((reason: Error) => void) | undefined;
}

/** Pictures of one size per call of the net. Without a GPU more gain nothing. */
const BATCH: Record<BackendName, number> = { webgpu: 4, webgl: 4, wasm: 1, cpu: 1 };

/** Channels shown of each layer. */
const SHOWN_CHANNELS = 6;

/** Whether a picture was drawn for a net. */
const fits = ({ width, height }: NetPicture, { spec }: Net): boolean =>
  Math.min(width, height) === spec.input.side;

function embedderOf(
  model: Model,
  nets: readonly Net[],
  passMs: number | null,
  opened: Awaited<ReturnType<typeof openBackend>>,
  guarded: ReturnType<typeof endOnLoss>,
): Embedder {
  const projections = model.parts.map(({ projection }) => projection);
  let disposed = false;
  // One run at a time: two would interleave on one device and each would count the other's time.
  let previous: Promise<unknown> = Promise.resolve();

  const check = (photos: readonly (readonly NetPicture[])[]) => {
    if (disposed) throw new AkinError('internal', 'The embedder was disposed of.');
    for (const pictures of photos) {
      if (pictures.length === nets.length && pictures.every((each, p) => fits(each, nets[p]!)))
        continue;
      throw new AkinError('wrong-space', 'A photo was prepared for another model. Try again.');
    }
  };

  const run = async (photos: readonly (readonly NetPicture[])[]) => {
    check(photos);
    const start = performance.now();
    const readings: NetReading[][] = [];
    let netMs = 0;
    for (const [p, net] of nets.entries()) {
      const part = await guarded(net.run(photos.map((pictures) => pictures[p]!)));
      readings.push(part.readings);
      netMs += part.netMs;
    }
    const featuresOf = (i: number) => readings.map((part) => part[i]!.features);
    const vectors = photos.map((_, i) => vectorOf(projections, featuresOf(i)));
    const classes = classesOf(readings);
    const projected = performance.now();
    const regions = regionsOf(readings, photos, projections);
    const regionsMs = performance.now() - projected;
    return {
      vectors,
      regions,
      classes,
      netMs,
      regionsMs,
      otherMs: performance.now() - start - netMs,
    };
  };

  const see = async (pictures: readonly NetPicture[]): Promise<SeenPicture> => {
    const maps: FeatureMap[] = [];
    for (const [p, net] of nets.entries()) {
      const map = await guarded(net.map(pictures[p]!));
      if (map === null) {
        throw new AkinError(
          'no-feature-map',
          'The model doesn’t say where in a picture things are.',
        );
      }
      maps.push(map);
    }
    return { view: viewOf(pictures), maps };
  };

  const runExplain: Embedder['explain'] = async (examples, result, box) => {
    check([...examples, result]);
    const found = await see(result);
    const seen: SeenPicture[] = [];
    for (const pictures of examples) seen.push(await see(pictures));
    return explain(seen, found, box, projections);
  };

  const runLayers: Embedder['layers'] = async (pictures) => {
    check([pictures]);
    const layers = await guarded(nets[0]!.layers(pictures[0]!, SHOWN_CHANNELS));
    if (layers === null) {
      throw new AkinError('no-feature-map', 'The layers of this model aren’t known.');
    }
    return { view: viewOf(pictures), layers };
  };

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = previous.then(work);
    // One failure must not fail the calls after it.
    previous = result.catch(() => {});
    return result;
  };

  return {
    space: model.spaceId,
    d: model.d,
    backend: opened.report,
    calibration: model.calibration,
    passMs,
    // Same count as `tf.memory()`, which however needs a backend: there is none after disposal.
    tensors: () => engine().state.numTensors,
    embed: (photos) => inTurn(() => run(photos)),
    explain: (examples, result, box) => inTurn(() => runExplain(examples, result, box)),
    layers: (pictures) => inTurn(() => runLayers(pictures)),
    dispose: () => {
      if (disposed) return;
      disposed = true;
      for (const net of nets) net.dispose();
      opened.dispose();
    },
  };
}

/** The likeliest classes of each photo, from all nets that have a classifier. */
function classesOf(readings: readonly (readonly NetReading[])[]): TopClasses[] | null {
  const telling = readings.filter((part) => part.every(({ logits }) => logits !== null));
  return telling.length === 0
    ? null
    : telling[0]!.map((_, i) => topClasses(telling.map((part) => part[i]!.logits!)));
}

/** A warm-up that takes longer, compiling included, is not followed by a measurement. */
const SLOW_WARM_UP_MS = 10_000;

/** Loads the nets of all parts, or none. */
async function loadNets(parts: readonly ModelPart[], batch: number): Promise<Net[]> {
  const loads = await Promise.allSettled(
    parts.map(({ files, spec }) => loadNet(files, spec, batch)),
  );
  const nets = loads.flatMap((load) => (load.status === 'fulfilled' ? [load.value] : []));
  const failed = loads.find((load) => load.status === 'rejected');
  if (!failed) return nets;
  for (const net of nets) net.dispose();
  throw failed.reason;
}

/**
 * Starts a backend, loads the nets of a model, and warms them up.
 *
 * TF.js uses one backend at a time, globally: keep one embedder at a time, and dispose of it before
 * creating the next.
 *
 * @throws AkinError `model-missing`, `model-corrupt`, `backend-unavailable`, `device-lost`
 */
export async function createEmbedder(options: EmbedderOptions): Promise<Embedder> {
  const { model: source, modelsUrl, backend, exclude, onProgress, onLost } = options;
  const files = await openModels(modelsUrl, (loadedBytes, totalBytes) =>
    onProgress?.({ stage: 'download', loadedBytes, totalBytes }),
  );
  const model = await loadModel(source, files);
  const opened = await openBackend({
    files,
    force: backend,
    exclude,
    onProbe: (name) => onProgress?.({ stage: 'probe', backend: name }),
  });
  const guarded = endOnLoss(opened.lost);
  let nets: readonly Net[] = [];
  let passMs: number | null = null;
  try {
    nets = await guarded(loadNets(model.parts, BATCH[opened.report.active]));
    onProgress?.({ stage: 'compile' });
    let start = performance.now();
    for (const net of nets) await guarded(net.warmUp());
    const isGpu = opened.report.active === 'webgpu' || opened.report.active === 'webgl';
    // Measure an extra pass only where it is fast; elsewhere the result is not used. Without a
    // graphics card, a pass takes many seconds.
    if (isGpu && performance.now() - start < SLOW_WARM_UP_MS) {
      start = performance.now();
      for (const net of nets) await guarded(net.warmUp());
      passMs = performance.now() - start;
    }
  } catch (error) {
    for (const net of nets) net.dispose();
    opened.dispose();
    throw error;
  }
  opened.lost.then((error) => onLost?.(error));
  onProgress?.({ stage: 'ready' });
  return embedderOf(model, nets, passMs, opened, guarded);
}
