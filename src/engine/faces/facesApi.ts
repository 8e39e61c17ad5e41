import type {
  AppliedCommand,
  FaceBox,
  FaceKey,
  FacesReport,
  FaceView,
  FaceWork,
  Identification,
  IdentifiedFace,
  LogEntryView,
  PairQuestion,
  PeopleCommand,
  PeopleSearch,
  PeopleView,
  PersonPage,
  PhotoId,
} from '../../protocol/index.ts';
import type { Observable } from '../observable.ts';

/** An aligned face crop, at a URL an `img` can load. */
export interface Chip {
  readonly id: FaceKey;
  readonly src: string;
}

/** Everything about faces and people. Methods reject with an `AkinError`. Off until turned on. */
export interface Faces {
  /** Background face work, in any tab. */
  readonly work: Observable<FaceWork>;
  /** Incremented whenever faces, people or their data change: query again. */
  readonly version: Observable<number>;

  report(): Promise<FacesReport>;
  /** Scans new photos for faces from now on, and existing photos first. */
  turnOn(): Promise<void>;
  /** Stops scanning for faces; detected faces stay. */
  turnOff(): Promise<void>;
  /** Deletes all face data, including names, and turns face recognition off. Can't be undone. */
  erase(): Promise<void>;
  /** Stops a scan of existing photos, which `resume` continues, or a reclustering. */
  stop(): Promise<void>;
  resume(): Promise<void>;
  /** Retries the photos that couldn't be scanned, and resumes. */
  retry(): Promise<void>;

  ofPhoto(photoId: PhotoId): Promise<readonly FaceView[]>;
  people(): Promise<PeopleView>;
  /** @throws AkinError `not-found` if no person has this key (any more) */
  person(key: string): Promise<PersonPage>;
  /** Identifies a face. */
  identify(face: FaceKey): Promise<Identification>;
  /** Identifies the faces in a picture without storing any of it. */
  identifyIn(
    picture: Blob,
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly IdentifiedFace[]>;
  chips(faces: readonly FaceKey[]): Promise<readonly Chip[]>;
  /** Adds a face the detector missed, drawn by hand. */
  addFace(photoId: PhotoId, box: FaceBox): Promise<FaceView>;
  /** Pairs of groups to ask "same or different?" about, most informative first. */
  questions(limit: number): Promise<readonly PairQuestion[]>;
  apply(command: PeopleCommand): Promise<AppliedCommand>;
  /** Reverts a log entry; if it is already reverted, reverts the revert. */
  undo(entry: number): Promise<AppliedCommand>;
  /** Newest first. */
  log(): Promise<readonly LogEntryView[]>;
  /** Ids of the photos that show these people, ascending. */
  search(query: PeopleSearch): Promise<readonly PhotoId[]>;
  /** Exports all assertions about people as JSON, for backup or another device. */
  exportLog(): Promise<string>;
  /** Imports the output of `exportLog`. Returns the number of new entries. */
  importLog(text: string): Promise<number>;
}
