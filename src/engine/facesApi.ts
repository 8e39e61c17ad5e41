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
} from '../protocol/index.ts';
import type { Observable } from './observable.ts';

/** A face, cut out and levelled, by an address that an `img` takes. */
export interface Chip {
  readonly id: FaceKey;
  readonly src: string;
}

/** Everything about faces and people. Methods reject with an `AkinError`. Off until turned on. */
export interface Faces {
  /** What is done about faces in the background, in whichever tab. */
  readonly work: Observable<FaceWork>;
  /** One more whenever faces, people or what is known of them have changed: then ask again. */
  readonly version: Observable<number>;

  report(): Promise<FacesReport>;
  /** From now on faces are looked for, in the photos that are there first. */
  turnOn(): Promise<void>;
  /** No more faces are looked for; those that were found stay. */
  turnOff(): Promise<void>;
  /** Deletes everything about faces, names and all, and turns it off. Not undone. */
  erase(): Promise<void>;
  /** Stops looking through the photos of before, which `resume` goes on with, or a reclustering. */
  stop(): Promise<void>;
  resume(): Promise<void>;
  /** Looks once more at the photos that could not be looked at, and goes on. */
  retry(): Promise<void>;

  ofPhoto(photoId: PhotoId): Promise<readonly FaceView[]>;
  people(): Promise<PeopleView>;
  /** @throws AkinError `not-found` where nobody has this key (any more) */
  person(key: string): Promise<PersonPage>;
  /** Whose face is this? */
  identify(face: FaceKey): Promise<Identification>;
  /** Whose faces are in this picture? Nothing of it is kept. */
  identifyIn(
    picture: Blob,
    options?: { readonly signal?: AbortSignal },
  ): Promise<readonly IdentifiedFace[]>;
  chips(faces: readonly FaceKey[]): Promise<readonly Chip[]>;
  /** Adds a face that was not found, drawn by hand. */
  addFace(photoId: PhotoId, box: FaceBox): Promise<FaceView>;
  /** Pairs of groups about which to ask "same or different?", the most telling first. */
  questions(limit: number): Promise<readonly PairQuestion[]>;
  apply(command: PeopleCommand): Promise<AppliedCommand>;
  /** Reverts any entry of the log; where it is reverted, the revert. */
  undo(entry: number): Promise<AppliedCommand>;
  /** Newest first. */
  log(): Promise<readonly LogEntryView[]>;
  /** Photos that show these people, rising. */
  search(query: PeopleSearch): Promise<readonly PhotoId[]>;
  /** All that was said about people, as JSON, to be kept or taken elsewhere. */
  exportLog(): Promise<string>;
  /** Adds what `exportLog` gave, here or elsewhere. Returns the entries that were new. */
  importLog(text: string): Promise<number>;
}
