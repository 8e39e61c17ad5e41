import type { Kernels } from '../../ann/index.ts';
import type { IndexWork, TrainSpace } from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import type { Trainer } from '../training/trainer.ts';
import { IndexMaintainer } from './indexMaintainer.ts';
import { IndexSettings } from './indexSettings.ts';
import { LibraryIndex } from './libraryIndex.ts';

export interface OpenIndexOptions {
  readonly store: Pick<Store, 'indexes' | 'meta' | 'vectorFiles'>;
  readonly space: TrainSpace;
  readonly kernels: () => Promise<Kernels>;
  readonly trainer: Trainer;
  readonly withIndexLock: <T>(work: () => Promise<T>) => Promise<T>;
  readonly report: (work: IndexWork) => void;
  /** Prefix of the setting names; none for the photos' own index. */
  readonly prefix?: string;
}

export interface OpenedIndex {
  readonly index: LibraryIndex;
  readonly maintainer: IndexMaintainer;
  readonly settings: IndexSettings;
  readonly trainer: Trainer;
}

/** Opens a library's index and its maintainer. */
export async function openIndex(options: OpenIndexOptions): Promise<OpenedIndex> {
  const { store, space, kernels, trainer, withIndexLock, report, prefix } = options;
  const settings = new IndexSettings(store.meta, space, prefix);
  let maintainer: IndexMaintainer | null = null;
  const index = await LibraryIndex.open({
    kernels,
    store: store.indexes,
    vectorFiles: store.vectorFiles,
    space: { id: space.id, d: space.d, metric: space.metric },
    onChange: () => maintainer?.changed(),
  });
  maintainer = new IndexMaintainer({ index, settings, trainer, withIndexLock, report });
  // Finish what an earlier visit, or the opening itself, has left to do.
  maintainer.changed();
  void withIndexLock(() => index.collectGarbage());
  return { index, maintainer, settings, trainer };
}
