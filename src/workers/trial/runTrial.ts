import { AkinError, toAkinError } from '../../base/errors.ts';
import type { BackendName, PhotoId, TrialProgress, TrialReport } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { checkAnswers, checkDiffer, unitVector } from '../../vision/brought/checkAnswers.ts';
import { explain } from '../../vision/brought/explain.ts';
import { oneIn } from '../../vision/calibration.ts';
import { pairCosines } from '../../vision/cosines.ts';
import type { Net } from '../../vision/nets/loadNet.ts';
import type { NetInputSpec } from '../../vision/nets/spec.ts';
import type { CalibrationTable, NetPicture } from '../../vision/types.ts';
import type { SearchedSpace } from '../models/model.ts';
import { OF_THE_FILE } from '../shared/fileFailures.ts';
import { median } from '../shared/median.ts';
import { mapAhead } from '../shared/pipeline.ts';
import { chooseSample } from './chooseSample.ts';
import { compare } from './compare.ts';
import type { CurrentNets } from './currentNets.ts';
import { fitOdds, matchOdds } from './matchOdds.ts';

export const MOST_SAMPLE = 1_000;
/** Fewer photos have too few pairs to tell the odds by: other pictures are seen besides. */
const LEAST_FOR_ODDS = 30;
/** Pictures of the pack that ships with the app which are seen then. */
const PICTURES = 40;
/** Pairs that odds are matched by at least. */
const LEAST_PAIRS = 20;
/** Photos decoded while the net looks at another. */
const AHEAD = 2;

/** Where a trial has its photos from, and what it compares with. */
export interface TrialSources {
  readonly store: Pick<Store, 'photos' | 'indexes'>;
  /** Of the model that photos are seen with now. */
  readonly current: SearchedSpace;
  /** Decodes a photo and draws it for each net. @throws AkinError those of `prepare` */
  readonly read: (
    photo: Blob,
    inputs: readonly NetInputSpec[],
    signal: AbortSignal,
  ) => Promise<readonly NetPicture[]>;
  /** Loads the nets of the current model, to see pictures that it has no vectors of. */
  readonly openCurrent: () => Promise<CurrentNets>;
  /** Pictures that ship with the app; none where they can't be had. */
  readonly pictures: (most: number) => Promise<readonly Blob[]>;
  /** Workers that see photos side by side during a move. */
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
  /** Wall time in the net, and of reading, a photo; ms. */
  readonly netMs: number[];
  readonly readMs: number[];
}

/** The photos of the sample that the current model has a vector of, with it. */
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

/** The same pictures as two models see them. */
interface Pairs {
  readonly tried: readonly number[];
  /** log10 of the chance that the current model gives each pair. */
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

/** Has both models see pictures that ship with the app. */
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

/** What the cosines of a net mean: as rare as the current model finds the pairs that it ranks so. */
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
      : // Without the pack there still are the patterns of the check, which have nothing in common.
        fitOdds(pairCosines(checked));
  return { calibration, calibratedOn: 'pictures' };
}

/**
 * Tries a net: the check pass, then a sample of the library, side by side with the model of now.
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
    // The first of each shape pays for laying out memory.
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
