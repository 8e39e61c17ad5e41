import type { AkinEvent, ItemSearch, PhotoId } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { CurrentCalibration } from '../calibrations/currentCalibration.ts';
import { openTaught } from '../calibrations/taughtSpace.ts';
import { IndexService } from '../indexing/indexService.ts';
import type { LibraryIndex } from '../indexing/libraryIndex.ts';
import { openIndex } from '../indexing/openIndex.ts';
import type { Model } from '../models/model.ts';
import type { ModelRegistry } from '../models/modelRegistry.ts';
import { FormerIndexes } from '../moving/formerIndexes.ts';
import { finishAlone, MoveFinish } from '../moving/moveFinish.ts';
import { openFormer } from '../moving/openFormer.ts';
import type { ColorsCache } from '../query/colorsCache.ts';
import type { FactsCache } from '../query/factsCache.ts';
import { QueryService, type QueryServiceOptions } from '../query/queryService.ts';
import { RegionIndex } from '../query/regionIndex.ts';
import type { QuerySpace } from '../query/termVectors.ts';
import { withIndexLock } from '../shared/indexLock.ts';
import { loadKernels } from '../shared/kernels.ts';
import { yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import type { Trainer } from '../training/trainer.ts';
import type { WordIndex, WordSearch } from '../words/wordSearch.ts';
import { LibraryService, type LibraryServiceOptions } from './libraryService.ts';

export interface ServicesOptions extends Pick<LibraryServiceOptions, 'photosOf'> {
  readonly store: Store;
  readonly models: ModelRegistry;
  readonly trainer: Trainer;
  readonly tab: string;
  readonly broadcast: (event: AkinEvent) => void;
  /** Ids of the photos that show certain items. */
  readonly photosOfItems: (items: ItemSearch) => Promise<readonly PhotoId[]>;
  /** The items or people that photos show. */
  readonly shownIn: QueryServiceOptions['shownIn'];
  readonly words: WordSearch;
  readonly facts: FactsCache;
  readonly colors: ColorsCache;
}

/** The library's services for one model. */
export interface LibraryServices {
  readonly model: Model;
  readonly library: LibraryService;
  readonly index: IndexService;
  readonly queries: QueryService;
  /** All indexes that find photos, the target's first, each with the photos no newer one finds. */
  readonly indexes: () => readonly WordIndex[];
  /** The index of the model. */
  readonly target: LibraryIndex;
  /** The calibration in use with it. */
  readonly taught: CurrentCalibration;
  /** Finishes a move to the index's space if all photos have moved. */
  readonly finish: () => Promise<void>;
  /** Closes the indexes because another model is in use. */
  readonly close: () => void;
}

/**
 * Opens the index of a model's space, and those of other spaces the library still has vectors in.
 */
export async function openServices(
  model: Model,
  {
    store,
    models,
    trainer,
    tab,
    broadcast,
    photosOf,
    photosOfItems,
    shownIn,
    words,
    facts,
    colors,
  }: ServicesOptions,
): Promise<LibraryServices> {
  const { space } = model;
  const made = await openIndex({
    store,
    space,
    kernels: loadKernels,
    trainer,
    withIndexLock,
    report: (work) => broadcast({ type: 'index-work', work }),
  });
  const former = new FormerIndexes({
    store,
    target: space.id,
    open: openFormer(models, { store, kernels: loadKernels, trainer, withIndexLock }),
  });
  const taught = new CurrentCalibration({
    store,
    base: space.id,
    open: (row) => openTaught(row, { store, kernels: loadKernels, trainer, withIndexLock }),
  });
  // Without it, searches use the model's own space.
  await Promise.all([former.refresh(), taught.follow().catch(() => {})]);
  const index = new IndexService({ ...made, tab, broadcast, withIndexLock });
  const finish = new MoveFinish({
    store,
    ...made,
    check: () => index.check(new AbortController().signal),
    broadcast(event) {
      broadcast(event);
      if (event.type === 'space-dropped') former.drop(event.spaceId);
    },
    yieldToEventLoop,
    alone: finishAlone,
  });
  const { calibration } = space;
  const regions = model.hasMap
    ? new RegionIndex({
        kernels: await loadKernels(),
        store: store.regions,
        space,
        isLive: (id) => made.index.has(id),
        pause: yieldToEventLoop,
      })
    : null;
  /** Each index with the photos that no newer one finds. */
  const spaces = (): (QuerySpace & WordIndex)[] => {
    const target = {
      index: made.index,
      calibration,
      photos: made.index.stats().live,
      ...(regions && { regions }),
      taught: taught.space,
    };
    if (former.all.length === 0) return [target];
    const unmoved = [...former.unmoved(made.index)];
    const others = former.all.map(({ index, space }) => {
      const among = unmoved.filter((id) => index.has(id));
      return { index, calibration: space.calibration, photos: among.length, among };
    });
    return [target, ...others];
  };
  const library = new LibraryService({
    store,
    former,
    calibration,
    taught,
    broadcast,
    photosOf,
    regions,
    ...made,
  });
  return {
    model,
    library,
    index,
    finish: () => finish.run(),
    queries: new QueryService({
      spaces,
      words,
      facts,
      colors,
      photosOf,
      photosOfItems,
      shownIn,
      classesOf: (ids) => store.photos.classesOf(ids),
    }),
    indexes: spaces,
    target: made.index,
    taught,
    close: () => {
      finish.end();
      made.maintainer.cleared();
      made.index.close();
      former.close();
      taught.close();
      regions?.close();
    },
  };
}
