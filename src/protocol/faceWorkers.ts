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

/** Face detection, served by the `import` worker. */
export interface FaceFindingContract {
  /** Scans new photos from now on, and existing photos first. */
  turnOnFaces(): void;
  turnOffFaces(): void;
  /** Stops the scan of existing photos. */
  stopFaces(): void;
  /** Resumes a scan that was stopped or interrupted. */
  resumeFaces(): void;
  /** Retries the photos that couldn't be scanned, and resumes. */
  retryFaces(): void;
  /** Detects the faces in a picture without storing anything. */
  findFaces(picture: Blob): FacesOutput;
  addFace(photoId: PhotoId, box: FaceBox): FaceKey;
}

/** People, served by the `library` worker. */
export interface PeopleContract {
  facesReport(): FacesReport;
  /** The state of face work when no tab is doing any. */
  faceWork(): FaceWork;
  /** Deletes all face data and turns face recognition off. */
  eraseFaces(): void;
  facesOf(photoId: PhotoId): readonly FaceView[];
  people(): PeopleView;
  person(key: string): PersonPage;
  identify(face: FaceKey): Identification;
  /** Identifies the faces of a picture that isn't imported. */
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
