import type { FaceBox, FaceKey } from './faces.ts';
import type { FacesOutput } from './nets.ts';
import type {
  AppliedCommand,
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
} from './people.ts';
import type { PhotoId } from './photo.ts';

/** What the `import` worker does about faces: it finds them. */
export interface FaceFindingContract {
  /** Looks for faces from now on, in the photos that are there first. */
  turnOnFaces(): void;
  turnOffFaces(): void;
  /** Stops looking through the photos that are there. */
  stopFaces(): void;
  /** Goes on where it was stopped, or was left by an earlier visit. */
  resumeFaces(): void;
  /** Looks once more at the photos that could not be looked at, and goes on. */
  retryFaces(): void;
  /** The faces of a picture of which nothing is kept. */
  findFaces(picture: Blob): FacesOutput;
  addFace(photoId: PhotoId, box: FaceBox): FaceKey;
}

/** What the `library` worker knows of people. */
export interface PeopleContract {
  facesReport(): FacesReport;
  /** What there is to tell of the work on faces while nobody does any. */
  faceWork(): FaceWork;
  /** Deletes everything about faces, and turns them off. */
  eraseFaces(): void;
  facesOf(photoId: PhotoId): readonly FaceView[];
  people(): PeopleView;
  person(key: string): PersonPage;
  identify(face: FaceKey): Identification;
  /** Whose the faces of a picture are that is not kept. */
  identifyAll(found: FacesOutput): readonly IdentifiedFace[];
  chips(faces: readonly FaceKey[]): readonly { readonly id: FaceKey; readonly src: string }[];
  questions(limit: number): readonly PairQuestion[];
  applyCommand(command: PeopleCommand): AppliedCommand;
  undoEntry(entry: number): AppliedCommand;
  peopleLog(): readonly LogEntryView[];
  searchPeople(query: PeopleSearch): readonly PhotoId[];
  exportPeople(): string;
  importPeople(text: string): number;
  stopReclustering(): void;
}
