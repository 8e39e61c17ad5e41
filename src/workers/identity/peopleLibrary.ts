import type { TrainControl } from '../../ann/index.ts';
import { AkinError } from '../../base/errors.ts';
import {
  type Assertion,
  assignPeople,
  batchVectors,
  buildConstraints,
  buildingConstraints,
  Clusters,
  type Constraints,
  engineVectors,
  type Face,
  type FaceVectors,
  facesIn,
  type LibraryPeople,
  type Log,
  matchFaces,
  PEOPLE_LOG,
  type People,
  PeoplePhotos,
  type Person,
  type PersonId,
  photoHashOf,
  renameFaces,
  runInSlices,
  toVersion1,
} from '../../identity/index.ts';
import type { FaceKey, PhotoId } from '../../protocol/index.ts';
import type { Faces, Meta, Photos } from '../../store/index.ts';
import type { LibraryIndex } from '../indexing/libraryIndex.ts';
import { StoredLog } from '../shared/storedLog.ts';
import { yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { OpaqueKeys } from './opaqueKeys.ts';
import { checkSpace, savedClusters, withoutFaces } from './savedClusters.ts';

const CLUSTERS_KEY = 'faces.clusters';
/** Share of faces added incrementally that triggers a full reclustering. */
const REGATHER_SHARE = 0.2;
const REGATHER_LEAST = 12;

export interface PeopleLibraryOptions {
  readonly faces: Faces;
  readonly meta: Pick<Meta, 'get' | 'set' | 'keep'>;
  readonly photos: Pick<Photos, 'get'>;
  readonly index: LibraryIndex;
  /** Runs writes of face data. @throws AkinError `not-found` if all was erased */
  readonly writing: <T>(write: () => Promise<T>) => Promise<T>;
}

/** The faces of a library, clustered under the user's assertions: who is who. */
export class PeopleLibrary {
  readonly index: LibraryIndex;
  readonly vectors: FaceVectors;
  /** The user's assertions. */
  readonly log: StoredLog<Assertion>;
  /** Makes the opaque keys of people: those of `people`, and of all queries and answers. */
  readonly keys: OpaqueKeys;
  readonly #options: PeopleLibraryOptions;
  readonly #faces = new Map<FaceKey, Face>();
  #constraints: Constraints = buildConstraints([]);
  #clusters: Clusters;
  #people: People | null = null;
  #photos: PeoplePhotos | null = null;
  /** Faces added incrementally since the last reclustering. */
  #addedSince = 0;
  #isClosed = false;
  #logChanges: Promise<void> = Promise.resolve();

  private constructor(options: PeopleLibraryOptions, keys: OpaqueKeys) {
    this.#options = options;
    this.keys = keys;
    this.index = options.index;
    this.vectors = engineVectors(options.index.engine);
    this.#clusters = new Clusters(this.vectors, this.#constraints);
    const { faces, writing } = options;
    this.log = new StoredLog({
      format: PEOPLE_LOG,
      toStored: toVersion1,
      rows: faces,
      writing,
      onChange: (log) => this.#onLog(log),
    });
  }

  static async open(options: PeopleLibraryOptions): Promise<PeopleLibrary> {
    const keys = await options.writing(() => OpaqueKeys.of(options.meta));
    const library = new PeopleLibrary(options, keys);
    const [list, snapshot] = await Promise.all([
      options.faces.list(),
      options.meta.get(CLUSTERS_KEY),
      library.log.read(),
    ]);
    list.ids.forEach((faceKey, i) => {
      library.#faces.set(faceKey, {
        id: list.faceIds[i]!,
        faceKey,
        photo: list.photoIds[i]!,
        quality: list.good[i] === 1 ? 'good' : 'unsure',
      });
    });
    // Add the faces stored after the index was read.
    await options.index.addFromStore([...list.ids]);
    if (!library.#restore(snapshot)) library.#addAll();
    return library;
  }

  /** Number of faces. */
  get size(): number {
    return this.#faces.size;
  }

  get constraints(): Constraints {
    return this.#constraints;
  }

  get people(): People {
    this.#people ??= this.keys.rekeyed(assignPeople(this.#clusters.faces(), this.#constraints));
    return this.#people;
  }

  get photos(): PeoplePhotos {
    this.#photos ??= new PeoplePhotos(this.people);
    return this.#photos;
  }

  get known(): LibraryPeople & { faceOf(faceKey: number): Face | undefined } {
    const { people, constraints, vectors } = this;
    return { people, constraints, vectors, faceOf: (faceKey) => this.#faces.get(faceKey) };
  }

  /** Whether enough faces were added to recluster all of them. */
  get needsReclustering(): boolean {
    return this.#addedSince > Math.max(REGATHER_LEAST, REGATHER_SHARE * this.#faces.size);
  }

  faceOf(faceKey: FaceKey): Face | undefined {
    return this.#faces.get(faceKey);
  }

  /**
   * @param key of `people`; also accepts the plain ids of old bookmarks
   * @throws AkinError `not-found` if no person has this key (any more)
   */
  person(key: string): Person {
    const { people, groups } = this.people;
    const wanted = this.keys.meant(key);
    const found = [...people, ...groups].find((each) => each.key === wanted);
    if (found) return found;
    throw new AkinError('not-found', 'This person is not here any more.');
  }

  /** @throws AkinError `not-found` for an unknown or deleted face */
  face(faceKey: FaceKey): Face {
    const face = this.#faces.get(faceKey);
    if (face) return face;
    throw new AkinError('not-found', 'This face is not here any more.');
  }

  /** The key of each face by its stable id. */
  faceKeysById(): ReadonlyMap<string, FaceKey> {
    return new Map(Array.from(this.#faces.values(), ({ id, faceKey }) => [id, faceKey]));
  }

  /**
   * Adds faces of the gallery whose vectors are in the index or the store, including known faces
   * that had no vector so far because other models had detected them. Skips faces of trashed
   * photos.
   */
  async add(numbers: readonly FaceKey[]): Promise<void> {
    const fresh = numbers.filter(
      (faceKey) => !this.#faces.has(faceKey) || !this.vectors.vectorOf(faceKey),
    );
    if (fresh.length === 0) return;
    const faceKeys = await this.#options.faces.get(fresh);
    const shown = await this.#inGallery(faceKeys.map(({ photoId }) => photoId));
    const added = faceKeys.filter(({ photoId }) => shown.has(photoId));
    await this.index.addFromStore(added.map(({ id }) => id));
    let changed = 0;
    for (const { id: faceKey, faceId, photoId, quality } of added) {
      if (this.#faces.has(faceKey) && !this.vectors.vectorOf(faceKey)) continue;
      const face: Face = { id: faceId, faceKey, photo: photoId, quality };
      this.#faces.set(faceKey, face);
      this.#clusters.add(face);
      changed++;
    }
    if (changed === 0) return;
    this.#addedSince += changed;
    this.#forgetPeople();
  }

  remove(numbers: readonly FaceKey[]): void {
    for (const faceKey of numbers) if (this.#faces.delete(faceKey)) this.#clusters.remove(faceKey);
    this.index.hide(numbers);
    this.#forgetPeople();
  }

  /** Removes the faces of trashed and deleted photos. */
  async removePhotos(photoIds: readonly PhotoId[]): Promise<void> {
    const gone = new Set(photoIds);
    const known = [...this.#faces.values()].filter(({ photo }) => gone.has(photo));
    const stored = await this.#options.faces.keysOf(photoIds);
    this.remove([...new Set([...known.map(({ faceKey }) => faceKey), ...stored])]);
  }

  /**
   * Follows a permanent deletion: removes the deleted faces, already hidden with the trash, from
   * the saved index and the saved clusters, and rereads the log without them.
   */
  async purge(): Promise<void> {
    const { meta, writing } = this.#options;
    await this.log.read();
    await this.index.purge();
    await writing(async () => {
      const kept = withoutFaces(await meta.get(CLUSTERS_KEY), (faceKey) =>
        this.#faces.has(faceKey),
      );
      if (kept) await meta.set(CLUSTERS_KEY, kept);
    });
  }

  /** Adds the faces of restored photos. */
  async restore(numbers: readonly FaceKey[]): Promise<void> {
    await this.index.show(numbers);
    await this.add(numbers);
  }

  /**
   * Reclusters all faces and saves the result.
   *
   * @throws AkinError `aborted`, also if closed meanwhile; nothing has changed then
   */
  async recluster(
    onShare: (share: number) => void,
    aborted: () => boolean = () => false,
  ): Promise<void> {
    const control: TrainControl = {
      progress: (_stage, share) => onShare(share),
      pause: yieldToEventLoop,
      aborted: () => this.#isClosed || aborted(),
    };
    const { engine } = this.index;
    const batch = await batchVectors(engine.kernels, engine, control);
    try {
      await this.#clusters.recluster(control, batch);
    } finally {
      batch.dispose();
    }
    this.#addedSince = 0;
    this.#forgetPeople();
    if (this.#isClosed) throw new AkinError('aborted', 'Faces were closed.');
    const { meta, writing } = this.#options;
    await writing(() =>
      meta.set(CLUSTERS_KEY, savedClusters(this.#clusters, this.vectors, this.index.space.id)),
    );
  }

  /**
   * Adopts the clusters another tab has saved.
   *
   * @param unless called after reading them; returns true if they are stale by then
   */
  async follow(unless: () => boolean): Promise<void> {
    const snapshot = await this.#options.meta.get(CLUSTERS_KEY);
    if (!unless() && this.#restore(snapshot)) this.#forgetPeople();
  }

  /**
   * Adds the entries of another log that this one lacks. Returns how many. Since boxes may differ
   * slightly between devices, an overlapping face in the same photo counts as the same face.
   */
  async addLog(other: Log): Promise<number> {
    const here = Array.from(this.#faces.values(), ({ id }) => id);
    const photos = new Set(here.map(photoHashOf));
    const theirs = [...facesIn(other)].filter((id) => photos.has(photoHashOf(id)));
    return this.log.add(renameFaces(other, matchFaces(theirs, here)));
  }

  newPersonId(): PersonId {
    return crypto.randomUUID();
  }

  /** Cancels the running reclustering and discards its result. */
  close(): void {
    this.#isClosed = true;
  }

  /** Those of some photos that exist and are not in the trash. */
  async #inGallery(ids: readonly PhotoId[]): Promise<Set<PhotoId>> {
    const shown = new Set<PhotoId>();
    const look = async (id: PhotoId) => {
      const photo = await this.#options.photos.get(id).catch(() => null); /* deleted */
      if (photo && photo.deletedAt === undefined) shown.add(id);
    };
    await Promise.all([...new Set(ids)].map(look));
    return shown;
  }

  /** Applies log changes one by one, in order and in slices, so a search can run in between. */
  #onLog(log: Log): Promise<void> {
    const turn = this.#logChanges.then(() => this.#follow(log));
    this.#logChanges = turn.catch(() => {});
    return turn;
  }

  async #follow(log: Log): Promise<void> {
    this.#constraints = await runInSlices(buildingConstraints(log), yieldToEventLoop);
    this.#clusters.setConstraints(this.#constraints);
    this.#forgetPeople();
  }

  /** Restores a snapshot. Returns false, changing nothing, if there is none or it can't be read. */
  #restore(snapshot: unknown): boolean {
    try {
      const faces = this.#faces.values();
      const kept = checkSpace(snapshot, this.index.space.id);
      this.#clusters = Clusters.restore(kept, faces, this.vectors, this.#constraints);
    } catch (thrown) {
      if (thrown instanceof AkinError && thrown.code === 'corrupt') return false;
      throw thrown;
    }
    this.#addedSince = 0;
    return true;
  }

  /** There is no readable snapshot: cluster all faces again. */
  #addAll(): void {
    this.#clusters = new Clusters(this.vectors, this.#constraints);
    for (const face of this.#faces.values()) this.#clusters.add(face);
    this.#addedSince = this.#faces.size;
  }

  #forgetPeople(): void {
    this.#people = null;
    this.#photos = null;
  }
}
