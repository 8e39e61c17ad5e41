import { COLORS_VERSION } from '../../base/colors/descriptor.ts';
import { AkinError } from '../../base/errors.ts';
import type {
  AkinEvent,
  LibraryStats,
  OpenReport,
  PeopleSearch,
  PhotoId,
  SearchAnswer,
  SearchQuery,
  VectorExport,
  VectorMessage,
} from '../../protocol/index.ts';
import { type Store, storageUse } from '../../store/index.ts';
import type { CalibrationTable } from '../../vision/types.ts';
import type { CurrentCalibration } from '../calibrations/currentCalibration.ts';
import { DATE_READER } from '../dates/dateOf.ts';
import { FaceSettings } from '../faces/faceSettings.ts';
import { callRoll } from '../importing/importMembers.ts';
import { takeInterrupted } from '../importing/unstagedFiles.ts';
import type { IndexMaintainer } from '../indexing/indexMaintainer.ts';
import type { LibraryIndex } from '../indexing/libraryIndex.ts';
import type { FormerIndexes } from '../moving/formerIndexes.ts';
import { MovingSearch } from '../moving/movingSearch.ts';
import type { RegionIndex } from '../query/regionIndex.ts';
import { checkK } from '../shared/checkK.ts';
import { dropLazyFiles, hasLazyFiles } from '../shared/lazyCaches.ts';

/** Vectors per exported block. */
const EXPORT_BLOCK = 4_096;
/** Events that change which photos an index can find. */
const CHANGES: ReadonlySet<AkinEvent['type']> = new Set([
  'imported',
  'moved',
  'resync',
  'removed',
  'restored',
  'purged',
  'cleared',
  'space-dropped',
]);

export interface LibraryServiceOptions {
  readonly store: Store;
  readonly index: LibraryIndex;
  readonly maintainer: Pick<IndexMaintainer, 'tendSoon' | 'cancel' | 'cleared'>;
  /** The indexes of spaces the library is moving from. */
  readonly former: FormerIndexes;
  /** Calibration of the index's cosines. */
  readonly calibration: CalibrationTable;
  /** What the user has taught, where photos are compared instead. */
  readonly taught?: CurrentCalibration;
  readonly broadcast: (event: AkinEvent) => void;
  /** Of parts of photos; `null` for a model without. */
  readonly regions?: RegionIndex | null;
  /** Ids of the photos that show certain people. */
  readonly photosOf: (people: PeopleSearch) => Promise<readonly PhotoId[]>;
}

/** Answers all queries on an existing library. */
export class LibraryService {
  readonly #store: Store;
  readonly #index: LibraryIndex;
  readonly #maintainer: LibraryServiceOptions['maintainer'];
  readonly #former: FormerIndexes;
  readonly #taught: CurrentCalibration | undefined;
  readonly #search: MovingSearch;
  readonly #broadcast: (event: AkinEvent) => void;
  readonly #photosOf: LibraryServiceOptions['photosOf'];
  readonly #regions: RegionIndex | null;

  constructor(options: LibraryServiceOptions) {
    const { store, index, maintainer, former, broadcast, photosOf, taught } = options;
    this.#taught = taught;
    this.#former = former;
    this.#search = new MovingSearch(
      index,
      options.calibration,
      former,
      () => taught?.space ?? null,
    );
    this.#photosOf = photosOf;
    this.#regions = options.regions ?? null;
    this.#store = store;
    this.#index = index;
    this.#maintainer = maintainer;
    this.#broadcast = broadcast;
  }

  async report(): Promise<OpenReport> {
    const store = this.#store;
    const spaceId = this.#index.space.id;
    const wanted = {
      date: DATE_READER,
      space: spaceId,
      colors: COLORS_VERSION,
      regions: this.#regions !== null,
    };
    const [library, { photos }, { queued }, interrupted, looksForFaces, spaces, isWhole, fleeting] =
      await Promise.all([
        store.verify(),
        store.photos.counts(),
        store.jobs.counts(),
        callRoll().then(({ isAlive }) => takeInterrupted(store.meta, isAlive)),
        new FaceSettings(store.meta).goesOn(),
        store.spaces.photoSpaces(),
        store.ledger.isComplete(wanted),
        store.isFleeting().catch(() => false) /* e.g. a full disk, which importing reports */,
      ]);
    return {
      library,
      photos,
      spaceId,
      rebuilt: this.#index.rebuilt,
      waiting: queued,
      interrupted,
      looksForFaces,
      moves: spaces.some((id) => id !== spaceId) || (photos > 0 && !isWhole),
      fleeting,
    };
  }

  /** Checks that the index holds all vectors; reports a rebuild. */
  async verify(): Promise<void> {
    void this.#taught?.space?.index
      .verify()
      .catch(() => {}); /* checked again at the next opening */
    if (!(await this.#index.verify())) return;
    this.#broadcast({ type: 'notice', code: 'index-rebuilt' });
  }

  /** Makes the first search as fast as later ones, and reads the parts of photos. */
  warmUp(): void {
    this.#index.warmUp();
    void this.#regions?.open().catch(() => {}); /* read again at the next opening */
  }

  /** Adds a vector from this tab's import. */
  take(message: VectorMessage): void {
    this.#search.changed();
    this.#index.add(message);
    this.#taught?.take(message);
    this.#addRegions([message.id]);
  }

  /** Handles a change by another tab, or by another worker of this one. */
  async hear(event: AkinEvent): Promise<void> {
    await this.#others(event);
    if (event.type === 'imported' || event.type === 'moved') {
      await this.#index.addFromStore(event.ids);
      this.#addRegions(event.ids);
    } else if (event.type === 'resync') await this.#index.catchUp();
    else if (event.type === 'removed') this.#index.hide(event.ids);
    else if (event.type === 'restored') await this.#index.show(event.ids);
    else if (event.type === 'purged') await this.#index.purge();
    else if (event.type === 'cleared') this.#forget();
    else if (event.type === 'progress' && event.progress.state === 'done')
      this.#maintainer.tendSoon();
    else if (event.type === 'index-cancel') this.#maintainer.cancel();
    if (CHANGES.has(event.type)) this.#search.changed();
  }

  /** @throws AkinError `not-found`, `invalid-argument` */
  async search({ photoId, k, people }: SearchQuery): Promise<SearchAnswer> {
    checkK(k);
    const among = people && (await this.#photosOf(people));
    const from = performance.now();
    const found = await this.#search.search(photoId, k, among);
    const searchMs = performance.now() - from;
    if (!found) throw await this.#unsearchable(photoId);
    // Background work on existing photos handles viewed photos first.
    this.#broadcast({ type: 'viewed', id: photoId });
    return { photoId, ...found, searchMs };
  }

  async remove(ids: readonly PhotoId[]): Promise<readonly PhotoId[]> {
    const moved = await this.#store.trash.add(ids);
    this.#index.hide(moved);
    await this.#toOthers({ type: 'removed', ids: moved });
    if (moved.length > 0) this.#broadcast({ type: 'removed', ids: moved });
    return moved;
  }

  async restore(ids: readonly PhotoId[]): Promise<readonly PhotoId[]> {
    const back = await this.#store.trash.restore(ids);
    await this.#index.show(back);
    await this.#toOthers({ type: 'restored', ids: back });
    if (back.length > 0) this.#broadcast({ type: 'restored', ids: back });
    return back;
  }

  async purge(ids: readonly PhotoId[] | null): Promise<number> {
    const gone = await this.#store.trash.purge(ids);
    if (gone.length === 0) return 0;
    this.#broadcast({ type: 'purged', ids: gone });
    // Deleting photos also removes failed files with the same bytes.
    this.#broadcast({ type: 'failures' });
    await this.#index.purge();
    await this.#toOthers({ type: 'purged', ids: gone });
    return gone.length;
  }

  async clear(): Promise<void> {
    await this.#store.clear();
    this.#forget();
    await this.#toOthers({ type: 'cleared' });
    await dropLazyFiles();
    this.#broadcast({ type: 'cleared' });
  }

  async stats(): Promise<LibraryStats> {
    const [counts, use, bare, nets] = await Promise.all([
      this.#store.photos.counts(),
      storageUse(),
      this.#store.isEmpty(),
      hasLazyFiles(),
    ]);
    const { kind, segments, live, bytes } = this.#index.stats();
    const { id: spaceId, d } = this.#index.space;
    const kernels = this.#index.backend;
    return {
      ...counts,
      vectors: live + this.#former.unmoved(this.#index).size,
      empty: bare && !nets,
      index: { kind, kernels, segments, bytes, spaceId, d },
      regions: this.#regions?.size ?? { photos: 0, bytes: 0 },
      ...use,
    };
  }

  async exportVectors(): Promise<VectorExport> {
    const { space } = this.#taught?.space?.index ?? this.#index;
    const photos = await this.#store.photos.list();
    const ids: PhotoId[] = [];
    const names: string[] = [];
    const vectors = new Float32Array(photos.length * space.d);
    for (let from = 0; from < photos.length; from += EXPORT_BLOCK) {
      const some = photos.slice(from, from + EXPORT_BLOCK);
      const nameOf = new Map(some.map(({ id, name }) => [id, name]));
      // From the store, because the index may hold only codes of them.
      const block = await this.#store.indexes.vectors(space, [...nameOf.keys()]);
      vectors.set(block.vectors, ids.length * space.d);
      for (const id of block.ids) {
        ids.push(id);
        names.push(nameOf.get(id) ?? '');
      }
    }
    return {
      spaceId: space.id,
      d: space.d,
      ids: Uint32Array.from(ids),
      names,
      vectors: vectors.slice(0, ids.length * space.d),
    };
  }

  #addRegions(ids: readonly PhotoId[]): void {
    void this.#regions?.add(ids).catch(() => {}); /* read again at the next opening */
  }

  #forget(): void {
    this.#index.clear();
    void this.#regions?.clear();
    this.#maintainer.cleared();
  }

  async #toOthers(event: AkinEvent): Promise<void> {
    await this.#others(event);
    this.#search.changed();
  }

  /** Tells the indexes other than the model's own. */
  async #others(event: AkinEvent): Promise<void> {
    await this.#former.hear(event);
    // Without it, searches use the model's own space.
    await this.#taught?.hear(event).catch(() => {});
  }

  async #unsearchable(photoId: PhotoId): Promise<AkinError> {
    const photo = await this.#store.photos.get(photoId).catch(() => null);
    if (!photo) return new AkinError('not-found', 'This photo is not in the library.');
    const isDeleted = photo.deletedAt !== undefined;
    const where = isDeleted ? 'is in the trash' : 'is not searchable yet';
    return new AkinError('not-found', `This photo ${where}.`, {
      details: { reason: isDeleted ? 'in-trash' : 'not-yet' },
    });
  }
}
