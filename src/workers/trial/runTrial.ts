import { AkinError, toAkinError } from '../../base/errors.ts';
import { OF_THE_FILE } from '../../base/fileFailures.ts';
import type { BackendName, PhotoId, TrialProgress, TrialReport } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { checkAnswers, checkDiffer, unitVector } from '../../vision/brought/checkAnswers.ts';
import { explain } from '../../vision/brought/explain.ts';
import { oneIn } from '../../vision/calibration.ts';
import { pairCosines } from '../../vision/cosines.ts';
import { fitOdds, matchOdds } from '../../vision/matchOdds.ts';
import type { Net } from '../../vision/nets/loadNet.ts';
import type { NetInputSpec } from '../../vision/nets/spec.ts';
import type { CalibrationTable, NetPicture } from '../../vision/types.ts';
import type { SearchedSpace } from '../models/model.ts';
import { median } from '../shared/median.ts';
import { mapAhead } from '../shared/pipeline.ts';
import { chooseSample } from './chooseSample.ts';
import { compare } from './compare.ts';
import type { CurrentNets } from './currentNets.ts';

export const MOST_SAMPLE = 1_000;
/** Minimum number of photos whose pairs suffice for the odds; below, sample photos are added. */
const LEAST_FOR_ODDS = 30;
/** Number of bundled sample photos added then. */
const PICTURES = 40;
/** Minimum number of pairs for matching odds. */
const LEAST_PAIRS = 20;
/** Photos decoded ahead of inference. */
const AHEAD = 2;

/** Source of a trial's photos, and the model to compare with. */
export interface TrialSources {
  readonly store: Pick<Store, 'photos' | 'indexes'>;
  /** The space of the model in use. */
  readonly current: SearchedSpace;
  /** Decodes a photo and draws it for each net. @throws AkinError those of `prepare` */
  readonly read: (
    photo: Blob,
    inputs: readonly NetInputSpec[],
    signal: AbortSignal,
  ) => Promise<readonly NetPicture[]>;
  /** Loads the current model's nets, for pictures without stored vectors. */
  readonly openCurrent: () => Promise<CurrentNets>;
  /** Bundled sample photos; none if unavailable. */
  readonly pictures: (most: number) => Promise<readonly Blob[]>;
  /** Number of workers that process photos in parallel during a move. */
  readonly workersFor: (backend: BackendName) => number;
}

export interface RunOptions {
  readonly backend: BackendName;
  readonly photos: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TrialProgress) => void;
}

interface Seen {
  readonly ids: PhotoId[];
  readonly vectors: Float32Array[];
  readonly unreadable: number;
  /** Wall milliseconds per photo, in the net and for reading. */
  readonly netMs: number[];
  readonly readMs: number[];
}

/** The sample photos for which the current model has a vector, with that vector. */
async function takeSample({ store, current }: TrialSources, most: number) {
  if (most === 0) return { ids: [], vectors: [] };
  const { ids: all } = await store.photos.gallery();
  const chosen = chooseSample([...all], most);
  const block = await store.indexes.vectors(
    current,
    [...chosen].sort((a, b) => a - b),
  );
  const { d } = current;
  const vectors = Array.from(block.ids, (_, i) => block.vectors.subarray(i * d, (i + 1) * d));
  return { ids: [...block.ids], vectors };
}

async function seePhotos(
  net: Net,
  sources: TrialSources,
  ids: readonly PhotoId[],
  { signal, onProgress }: RunOptions,
): Promise<Seen> {
  const seen: Seen & { unreadable: number } = {
    ...{ ids: [], vectors: [], unreadable: 0, netMs: [], readMs: [] },
  };
  const open = async (id: PhotoId) => {
    signal.throwIfAborted();
    const start = performance.now();
    try {
      const original = await sources.store.photos.original(id);
      const [picture] = await sources.read(original, [net.spec.input], signal);
      return { id, picture: picture!, ms: performance.now() - start };
    } catch (thrown) {
      const { code } = toAkinError(thrown);
      if (OF_THE_FILE.includes(code) || code === 'not-found' || code === 'decoder-missing') {
        return null; /* the photo's own fault, which no model can help */
      }
      throw thrown;
    }
  };
  let done = 0;
  onProgress({ stage: 'photos', done, total: ids.length });
  const stream = mapAhead(iterate(ids), AHEAD, open);
  for await (const photo of stream) {
    signal.throwIfAborted();
    if (photo === null) seen.unreadable++;
    else {
      const { readings, netMs } = await net.run([photo.picture]);
      seen.ids.push(photo.id);
      seen.vectors.push(unitVector(readings[0]!.features));
      seen.netMs.push(netMs);
      seen.readMs.push(photo.ms / AHEAD);
    }
    onProgress({ stage: 'photos', done: ++done, total: ids.length });
  }
  return seen;
}

async function* iterate<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** The same pictures embedded by two models. */
interface Pairs {
  readonly tried: readonly number[];
  /** log10 of the chance the current model gives each pair. */
  readonly chances: readonly number[];
}

function pairsOf(
  tried: readonly Float32Array[],
  current: readonly Float32Array[],
  calibration: CalibrationTable,
): Pairs {
  const chances = pairCosines(current).map((cosine) => -Math.log10(oneIn(calibration, cosine)));
  return { tried: pairCosines(tried), chances };
}

/** Embeds bundled sample photos with both models. */
async function pairsOfPictures(
  net: Net,
  sources: TrialSources,
  { signal, onProgress }: RunOptions,
): Promise<Pairs> {
  const pictures = await sources.pictures(PICTURES);
  if (pictures.length === 0) return { tried: [], chances: [] };
  const nets = await sources.openCurrent();
  const [tried, current]: [Float32Array[], Float32Array[]] = [[], []];
  try {
    for (const [i, picture] of pictures.entries()) {
      signal.throwIfAborted();
      const [own, ...others] = await sources.read(
        picture,
        [net.spec.input, ...nets.inputs],
        signal,
      );
      const { readings } = await net.run([own!]);
      tried.push(unitVector(readings[0]!.features));
      current.push(await nets.see(others));
      onProgress({ stage: 'comparing', done: i + 1, total: pictures.length });
    }
  } finally {
    nets.dispose();
  }
  return pairsOf(tried, current, sources.current.calibration);
}

/** Odds of a net's cosines: as rare as the current model finds the pairs of the same rank. */
async function oddsOf(
  net: Net,
  sources: TrialSources,
  options: RunOptions,
  photos: Pairs,
  checked: readonly Float32Array[],
): Promise<Pick<TrialReport, 'calibration' | 'calibratedOn'>> {
  if (photos.tried.length >= (LEAST_FOR_ODDS * (LEAST_FOR_ODDS - 1)) / 2) {
    return { calibration: matchOdds(photos.tried, photos.chances), calibratedOn: 'photos' };
  }
  const pictures = await pairsOfPictures(net, sources, options);
  const tried = [...photos.tried, ...pictures.tried];
  const calibration =
    tried.length >= LEAST_PAIRS
      ? matchOdds(tried, [...photos.chances, ...pictures.chances])
      : // Without the pack, use the check patterns, which are unrelated to each other.
        fitOdds(pairCosines(checked));
  return { calibration, calibratedOn: 'pictures' };
}

/**
 * Tries a net: the check pass, then a sample of the library, side by side with the current model.
 *
 * @throws AkinError as `TrialContract.tryModel` says
 */
export async function runTrial(
  net: Net,
  sources: TrialSources,
  options: RunOptions,
): Promise<TrialReport> {
  const { backend, photos, signal, onProgress } = options;
  try {
    const check = await checkAnswers(net, {
      signal,
      onProgress: (done, total) => onProgress({ stage: 'checking', done, total }),
    });
    const sample = await takeSample(sources, photos);
    const seen = await seePhotos(net, sources, sample.ids, options);
    checkDiffer(seen.vectors);
    const read = new Set(seen.ids);
    const current = sample.vectors.filter((_, i) => read.has(sample.ids[i]!));
    onProgress({ stage: 'comparing', done: 0, total: 0 });
    const odds = await oddsOf(
      net,
      sources,
      options,
      pairsOf(seen.vectors, current, sources.current.calibration),
      check.vectors,
    );
    // The first pass of each shape includes memory allocation.
    const msPerPhoto = median(seen.netMs.length > 0 ? seen.netMs : check.ms.slice(1));
    const counts = await sources.store.photos.counts();
    const photosToMove = counts.photos + counts.trashed;
    const paceMs = Math.max(
      msPerPhoto / sources.workersFor(backend),
      seen.readMs.length > 0 ? median(seen.readMs) : 0,
    );
    return {
      dims: net.spec.tap.dims,
      backend,
      photos: seen.ids.length,
      unreadable: seen.unreadable,
      msPerPhoto,
      photosToMove,
      secondsToMove: (photosToMove * paceMs) / 1000,
      ...compare(
        seen.ids,
        { vectors: current, calibration: sources.current.calibration },
        { vectors: seen.vectors, calibration: odds.calibration },
      ),
      ...odds,
    };
  } catch (thrown) {
    if (thrown instanceof AkinError) throw thrown;
    throw explain(thrown);
  }
}
