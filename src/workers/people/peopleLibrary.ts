import type { TrainControl } from '../../ann/index.ts';
import { AkinError } from '../../base/errors.ts';
import {
  batchVectors,
  Clusters,
  type Constraints,
  engineVectors,
  type Face,
  type FaceVectors,
  type Known,
  type Log,
  nextStep,
  type People,
  PeoplePhotos,
  type Person,
  type PersonId,
  peopleOf,
  readLog,
  resolve,
  type Step,
  undoStep,
  type Word,
} from '../../people/index.ts';
import type { FaceNumber, PhotoId } from '../../protocol/index.ts';
import type { Faces, Meta } from '../../store/index.ts';
import { breathe } from '../buildIndex.ts';
import type { LibraryIndex } from '../libraryIndex.ts';

const CLUSTERS_KEY = 'faces.clusters';
/** Tries at adding a step that another tab is faster with. */
const MAX_TRIES = 5;
/** All is gathered anew when so large a part of the faces was only added to what there was. */
const REGATHER_SHARE = 0.2;
const REGATHER_LEAST = 12;

export interface PeopleLibraryOptions {
  readonly faces: Faces;
  readonly meta: Pick<Meta, 'get' | 'set'>;
  readonly index: LibraryIndex;
}

/** The faces of a library, gathered, and what the user has said of them: who is whom. */
export class PeopleLibrary {
  readonly index: LibraryIndex;
  readonly vectors: FaceVectors;
  readonly #options: PeopleLibraryOptions;
  readonly #faces = new Map<FaceNumber, Face>();
  #log: Log = [];
  #constraints: Constraints = resolve([]);
  #clusters: Clusters;
  #people: People | null = null;
  #photos: PeoplePhotos | null = null;
  /** Faces that were added one by one since all were gathered. */
  #addedSince = 0;

  private constructor(options: PeopleLibraryOptions) {
    this.#options = options;
    this.index = options.index;
    this.vectors = engineVectors(options.index.engine);
    this.#clusters = new Clusters(this.vectors, this.#constraints);
  }

  static async open(options: PeopleLibraryOptions): Promise<PeopleLibrary> {
    const library = new PeopleLibrary(options);
    const [list, steps, snapshot] = await Promise.all([
      options.faces.list(),
      options.faces.log(),
      options.meta.get(CLUSTERS_KEY),
    ]);
    list.ids.forEach((row, i) => {
      library.#faces.set(row, {
        id: list.faceIds[i]!,
        row,
        photo: list.photoIds[i]!,
        quality: list.good[i] === 1 ? 'good' : 'unsure',
      });
    });
    library.#setLog(readLog(steps));
    library.#restore(snapshot);
    return library;
  }

  get log(): Log {
    return this.#log;
  }

  get constraints(): Constraints {
    return this.#constraints;
  }

  get people(): People {
    this.#people ??= peopleOf(this.#clusters.faces(), this.#constraints);
    return this.#people;
  }

  get photos(): PeoplePhotos {
    this.#photos ??= new PeoplePhotos(this.people);
    return this.#photos;
  }

  get known(): Known & { faceOf(row: number): Face | undefined } {
    const { people, constraints, vectors } = this;
    return { people, constraints, vectors, faceOf: (row) => this.#faces.get(row) };
  }

  /** Whether so much was added that all should be gathered anew. */
  get isLoose(): boolean {
    return this.#addedSince > Math.max(REGATHER_LEAST, REGATHER_SHARE * this.#faces.size);
  }

  faceOf(row: FaceNumber): Face | undefined {
    return this.#faces.get(row);
  }

  facesOfPhoto(photoId: PhotoId): Face[] {
    return [...this.#faces.values()].filter(({ photo }) => photo === photoId);
  }

  /** @throws AkinError `not-found` where nobody has this key (any more) */
  person(key: string): Person {
    const { people, groups } = this.people;
    const found = [...people, ...groups].find((each) => each.key === key || each.id === key);
    if (found) return found;
    throw new AkinError('not-found', 'This person is not here any more.');
  }

  /** @throws AkinError `not-found` for a face that is not here (any more) */
  face(row: FaceNumber): Face {
    const face = this.#faces.get(row);
    if (face) return face;
    throw new AkinError('not-found', 'This face is not here any more.');
  }

  /** Takes in faces whose vectors the index has, or which the store has. */
  async add(numbers: readonly FaceNumber[]): Promise<void> {
    const fresh = numbers.filter((row) => !this.#faces.has(row));
    if (fresh.length === 0) return;
    await this.index.addFromStore(fresh);
    for (const { id: row, faceId, photoId, quality } of await this.#options.faces.get(fresh)) {
      const face: Face = { id: faceId, row, photo: photoId, quality };
      this.#faces.set(row, face);
      this.#clusters.add(face);
      this.#addedSince++;
    }
    this.#forgetPeople();
  }

  remove(numbers: readonly FaceNumber[]): void {
    for (const row of numbers) if (this.#faces.delete(row)) this.#clusters.remove(row);
    this.index.hide(numbers);
    this.#forgetPeople();
  }

  /** Faces of photos that are back from the bin. */
  async restore(numbers: readonly FaceNumber[]): Promise<void> {
    await this.index.show(numbers);
    await this.add(numbers);
  }

  /** Gathers all faces anew, and keeps what came of it. */
  async gather(onShare: (share: number) => void, aborted: () => boolean): Promise<void> {
    const control: TrainControl = {
      progress: (_stage, share) => onShare(share),
      pause: breathe,
      aborted,
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
    await this.#options.meta.set(CLUSTERS_KEY, this.#clusters.snapshot());
  }

  /**
   * Says something for good.
   *
   * @param words made from who is whom now; made again where another tab was faster
   * @returns the id of the step
   */
  say(words: () => readonly Word[], at: number): Promise<number> {
    return this.#append(() => nextStep(this.#log, words(), at));
  }

  /** Takes a step back. Returns the id of the step that does. @throws AkinError `not-found` */
  undo(step: number, at: number): Promise<number> {
    return this.#append(() => undoStep(this.#log, step, at));
  }

  /** Puts a log that was checked in the place of this one. */
  async replaceLog(log: Log): Promise<void> {
    await this.#options.faces.replaceLog(log);
    this.#setLog(log);
  }

  /** Reads what another tab has said. */
  async readLog(): Promise<void> {
    this.#setLog(readLog(await this.#options.faces.log()));
  }

  newPersonId(): PersonId {
    return crypto.randomUUID();
  }

  async #append(make: () => Step): Promise<number> {
    for (let tries = 1; ; tries++) {
      const step = make();
      const answer = await this.#options.faces.append([step]);
      if (answer.outcome === 'appended') {
        this.#setLog([...this.#log, step]);
        return step.id;
      }
      if (tries >= MAX_TRIES) throw new AkinError('storage-failed', 'Another tab is in the way.');
      await this.readLog();
    }
  }

  #setLog(log: Log): void {
    this.#log = log;
    this.#constraints = resolve(log);
    this.#clusters.setConstraints(this.#constraints);
    this.#forgetPeople();
  }

  #restore(snapshot: unknown): void {
    try {
      this.#clusters = Clusters.restore(
        snapshot,
        this.#faces.values(),
        this.vectors,
        this.#constraints,
      );
    } catch (thrown) {
      if (!(thrown instanceof AkinError) || thrown.code !== 'corrupt') throw thrown;
      // None was kept, or it can't be read: all faces are gathered again.
      this.#clusters = new Clusters(this.vectors, this.#constraints);
      for (const face of this.#faces.values()) this.#clusters.add(face);
      this.#addedSince = this.#faces.size;
    }
  }

  #forgetPeople(): void {
    this.#people = null;
    this.#photos = null;
  }
}
