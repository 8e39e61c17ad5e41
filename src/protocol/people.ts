import type { ErrorReport } from '../base/errors.ts';
import type { FaceBox, FaceKey } from './faces.ts';
import type { PhotoDate, PhotoId } from './photo.ts';

/** A person or an unnamed group. Calls take `key`, which may change while the group is unnamed. */
export interface PersonView {
  readonly key: string;
  /** Empty if unnamed. */
  readonly name: string;
  /** Whether any assertion refers to the person (named, hidden, merged); otherwise a cluster. */
  readonly edited: boolean;
  readonly hidden: boolean;
  readonly faces: number;
  readonly photos: number;
  /** Face to show as the cover; `null` if there is none. */
  readonly cover: FaceKey | null;
}

export interface FaceView {
  readonly id: FaceKey;
  readonly photoId: PhotoId;
  readonly box: FaceBox;
  /** `unsure`: small, blurry or turned away, so it founds no cluster. */
  readonly quality: 'good' | 'unsure';
  /** Drawn by hand. */
  readonly manual: boolean;
  /** `null`: unassigned. */
  readonly person: PersonView | null;
  /** Whether the user said so, of this face or of its whole group. */
  readonly labelled: boolean;
  /** Whether the user said so of this very face. */
  readonly confirmed: boolean;
}

/** All people and groups. */
export interface PeopleView {
  /** People the user has edited, by name, including hidden ones. */
  readonly people: readonly PersonView[];
  /** Unnamed groups, largest first. */
  readonly groups: readonly PersonView[];
  /** Number of unassigned faces. */
  readonly unassigned: number;
  /** Some of them, clear ones first. */
  readonly unmatched: readonly Pick<FaceView, 'id' | 'photoId'>[];
}

export interface SuggestedFace {
  readonly face: FaceView;
  /** Probability that the face belongs to the person, in [0, 1]. */
  readonly probability: number;
  /** The person's faces that support this, nearest first. */
  readonly evidence: readonly FaceKey[];
}

export interface PersonPage {
  readonly person: PersonView;
  /** In the order of `photos`. */
  readonly faces: readonly FaceView[];
  /**
   * The photos of these faces, without duplicates, newest first. A photo of unknown date sorts by
   * when it was added, after the dated photos of that month.
   */
  readonly photos: readonly PhotoDate[];
  /** Most likely first. */
  readonly suggestions: readonly SuggestedFace[];
  /** Most shared photos first. */
  readonly seenWith: readonly { readonly person: PersonView; readonly photos: number }[];
}

export interface RankedView {
  readonly person: PersonView;
  /** In [0, 1]. */
  readonly probability: number;
  readonly evidence: readonly FaceKey[];
  /** Whether another face of the person is in the same photo. */
  readonly inPhoto: boolean;
}

/** Candidates for whose face it is. */
export interface Identification {
  readonly verdict: 'almost-surely' | 'perhaps' | 'nobody-named';
  /** Most likely first. */
  readonly ranked: readonly RankedView[];
  /** The unnamed person that it is or most likely is; `null` if there is none. */
  readonly unnamed: PersonView | null;
  /** Photos with this face, best first. */
  readonly photos: readonly {
    readonly photoId: PhotoId;
    readonly face: FaceKey;
    readonly probability: number;
  }[];
}

/** A face of a picture that isn't imported. */
export interface IdentifiedFace {
  readonly box: FaceBox;
  readonly quality: 'good' | 'unsure';
  /** URL of the aligned face crop. */
  readonly chip: string;
  readonly answer: Identification;
}

/** Whether `b` is the same person as `a`. */
export interface PairQuestion {
  /** The one with a name if only one has a name, else the one with more faces. */
  readonly a: PersonView;
  readonly b: PersonView;
  /** The face to show for each. */
  readonly faces: readonly [FaceKey, FaceKey];
  /** Probability that the face of `b` belongs to `a`, as in `SuggestedFace`. */
  readonly probability: number;
}

/** A command that appends an entry to the log. Refers to people and faces by key. */
export type PeopleCommand =
  | { readonly kind: 'name'; readonly person: string; readonly name: string }
  | { readonly kind: 'hide'; readonly person: string; readonly hidden: boolean }
  | { readonly kind: 'cover'; readonly person: string; readonly face: FaceKey }
  | { readonly kind: 'merge'; readonly into: string; readonly from: string }
  /** The faces belong to another person, to be split off. */
  | { readonly kind: 'split'; readonly person: string; readonly faces: readonly FaceKey[] }
  | { readonly kind: 'confirm'; readonly person: string; readonly faces: readonly FaceKey[] }
  | { readonly kind: 'reject'; readonly person: string; readonly faces: readonly FaceKey[] }
  | { readonly kind: 'not-face'; readonly faces: readonly FaceKey[] }
  /**
   * Names a face: creates a person or, given an existing name, assigns it to that person. The
   * face's group joins a new person, unless `only` this face is named; `another` always creates a
   * new person.
   */
  | {
      readonly kind: 'name-face';
      readonly face: FaceKey;
      readonly name: string;
      readonly only?: boolean;
      readonly another?: boolean;
    }
  /** `faces`: the pair that was shown; defaults to the covers. */
  | {
      readonly kind: 'answer';
      readonly a: string;
      readonly b: string;
      readonly same: boolean;
      readonly faces?: readonly [FaceKey, FaceKey];
    };

export interface AppliedCommand {
  /** Id of the log entry, for `undo`. */
  readonly entry: number;
  /** Current key of the affected person; `null` if there is none. */
  readonly person: string | null;
}

/**
 * What a log entry changed. `name` is the person's current name, `''` if there is none; `faces` is
 * a count.
 */
export type PeopleChange =
  /** `name` as given; `''` removed the name. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'confirm' | 'reject'; readonly faces: number; readonly name: string }
  /** Faces were split off as a new person. */
  | { readonly kind: 'split'; readonly faces: number }
  | { readonly kind: 'merge'; readonly name: string }
  | { readonly kind: 'keep-separate'; readonly names: readonly [string, string] }
  /** Two faces show the same person, or different people. */
  | { readonly kind: 'same-faces' | 'different-faces' }
  | { readonly kind: 'not-face'; readonly faces: number }
  | { readonly kind: 'hide'; readonly hidden: boolean; readonly name: string }
  | { readonly kind: 'cover'; readonly name: string }
  /** The photo is a collage, so a person may appear in it more than once. */
  | { readonly kind: 'collage'; readonly collage: boolean }
  /** An imported entry without assertions. */
  | { readonly kind: 'none' };

/** A log entry for display. */
export interface LogEntryView {
  readonly entry: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly change: PeopleChange;
  /** Some of the faces it is about, to tell it from others; none if they are gone. */
  readonly faces: readonly FaceKey[];
  readonly reverted: boolean;
}

export interface PeopleSearch {
  readonly all?: readonly string[];
  readonly any?: readonly string[];
  readonly none?: readonly string[];
}

/** Background face work. */
export type FaceWork =
  | { readonly state: 'idle' }
  /** Scanning existing photos. `loaded`: in [0, 1] while the models load, then 1. */
  | {
      readonly state: 'scanning';
      readonly done: number;
      readonly total: number;
      readonly secondsLeft: number | null;
      readonly loaded: number;
    }
  /** Stopped by the user, with photos left. */
  | { readonly state: 'stopped'; readonly left: number }
  | { readonly state: 'reclustering'; readonly progress: number }
  | ({ readonly state: 'failed' } & ErrorReport);

export interface FacesReport {
  readonly on: boolean;
  /** Photos in the gallery, and how many were scanned or failed. */
  readonly photos: number;
  readonly scanned: number;
  /** Photos that couldn't be scanned. */
  readonly failed: number;
  readonly faces: number;
  readonly people: number;
  readonly groups: number;
  /** Number of log entries this version can't read. They are preserved unchanged. */
  readonly unparsed: number;
}
