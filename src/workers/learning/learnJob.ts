import type { Kernels } from '../../ann/index.ts';
import { AkinError } from '../../base/errors.ts';
import { headLearner } from '../../metric/head/headLearner.ts';
import { l2sqOf } from '../../metric/head/mining.ts';
import { type EpochNews, MARGIN } from '../../metric/head/trainHead.ts';
import {
  closedFormLearners,
  gatherRows,
  type Learner,
  learn,
  saveCalibration,
} from '../../metric/index.ts';
import type {
  PhotoId,
  TeachingLabels,
  TeachingMethod,
  TeachingProgress,
  TeachingReport,
} from '../../protocol/index.ts';
import type { Indexes } from '../../store/index.ts';
import { dimensionsOf } from '../shared/dimensionsOf.ts';
import { teachingMaps } from './teachingMaps.ts';

export interface LearnJobOptions {
  readonly store: Pick<Indexes, 'vectors'>;
  readonly spaceId: string;
  readonly labels: TeachingLabels;
  readonly seed: number;
  /** Whether TF.js has a backend to train heads on. */
  readonly trains: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TeachingProgress) => void;
  readonly now: () => number;
  readonly yieldToEventLoop: () => Promise<void>;
  readonly kernels: () => Promise<Kernels>;
}

/** The most labeled photos to learn from. */
const MOST_PHOTOS = 20_000;
/** Interval between progress messages, in milliseconds. */
const TELL_MS = 100;

/**
 * Learns from labels by every method and measures what it helps.
 *
 * @throws AkinError `invalid-argument` for labels that don't belong together, `aborted`,
 *   `bad-vector`, and store errors
 */
export async function learnJob(options: LearnJobOptions): Promise<TeachingReport> {
  const { store, spaceId, labels, seed, trains, signal, onProgress, now, kernels } = options;
  const d = dimensionsOf(spaceId);
  checkLabels(labels);
  let told = Number.NEGATIVE_INFINITY;
  let share = 0;
  let method: TeachingMethod | null = null;
  const say = (training: TeachingProgress['training'] = null) => {
    const at = now();
    if (at - told < TELL_MS) return;
    told = at;
    onProgress({ stage: 'learning', method, share, training });
  };
  const pause = async () => {
    await options.yieldToEventLoop();
    if (signal.aborted) throw new AkinError('aborted', 'Stopped.');
  };
  onProgress({ stage: 'reading', method, share, training: null });
  const block = await store.vectors({ id: spaceId, d }, [...labels.ids]);
  await pause();
  const { ids, groups } = groupsOf(labels, block.ids);
  const rowOf = new Map(Array.from(block.ids, (id, row) => [id, row]));
  const rows = ids.map((id) => rowOf.get(id)!);
  const vectors = gatherRows(block.vectors, rows, d);
  const onEpoch = async (news: EpochNews, final: boolean) => {
    say(trainingOf(news, final ? ids : null));
    await pause();
  };
  const heads: readonly Learner[] = (['triplet', 'multi-similarity'] as const).map((loss) =>
    headLearner({ loss, hidden: 0, seed, onEpoch }),
  );
  const result = await learn({
    d,
    vectors,
    groups,
    learners: trains ? [...closedFormLearners, ...heads] : closedFormLearners,
    seed,
    now,
    async pause(done, by) {
      share = done;
      method = by;
      say();
      await pause();
    },
  });
  const photo = (sample: number) => ids[sample]!;
  onProgress({ stage: 'drawing', method: null, share: 1, training: null });
  const maps = result.heldOut
    ? await teachingMaps(result.heldOut, { d, ids, groups, seed, kernels, pause })
    : null;
  return {
    verdict: result.verdict,
    best: result.best,
    methods: result.methods,
    changed: result.changed.map(({ query, before, after }) => ({
      photo: photo(query),
      before: before.map(photo),
      after: after.map(photo),
      same: [...new Set([...before, ...after])]
        .filter((each) => groups[each] === groups[query])
        .map(photo),
    })),
    maps,
    calibration: result.calibration && saveCalibration(result.calibration, spaceId),
    spaceId,
    bytesPerPhoto: (result.calibration?.size ?? 0) * 4,
  };
}

function checkLabels({ ids, groups }: TeachingLabels): void {
  if (ids.length !== groups.length || ids.length > MOST_PHOTOS) {
    throw new AkinError(
      'invalid-argument',
      `${ids.length} photos in ${groups.length} groups: at most ${MOST_PHOTOS}, each in one`,
    );
  }
}

/** Photos that have a vector, in groups of at least two, numbered from 0. */
function groupsOf(
  labels: TeachingLabels,
  found: Uint32Array,
): { ids: readonly PhotoId[]; groups: Uint32Array } {
  const has = new Set(found);
  const sizes = new Map<number, number>();
  labels.ids.forEach((id, i) => {
    if (has.has(id)) sizes.set(labels.groups[i]!, (sizes.get(labels.groups[i]!) ?? 0) + 1);
  });
  const numbers = new Map<number, number>();
  const ids: PhotoId[] = [];
  const groups: number[] = [];
  labels.ids.forEach((id, i) => {
    const group = labels.groups[i]!;
    if (!has.has(id) || sizes.get(group)! < 2) return;
    if (!numbers.has(group)) numbers.set(group, numbers.size);
    ids.push(id);
    groups.push(numbers.get(group)!);
  });
  return { ids, groups: Uint32Array.from(groups) };
}

function trainingOf(
  { epoch, epochs, loss, heldOut, triplet }: EpochNews,
  ids: readonly PhotoId[] | null,
): TeachingProgress['training'] {
  return {
    epoch,
    epochs,
    loss,
    heldOut,
    triplet: ids &&
      triplet && {
        anchor: ids[triplet.anchor]!,
        positive: ids[triplet.positive]!,
        negative: ids[triplet.negative]!,
        positiveL2sq: l2sqOf(triplet.positiveCosine),
        negativeL2sq: l2sqOf(triplet.negativeCosine),
        margin: MARGIN,
      },
  };
}
