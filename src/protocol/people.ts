import type { ErrorReport } from '../base/errors.ts';
import type { FaceBox, FaceKey } from './faces.ts';
import type { PhotoDate, PhotoId } from './photo.ts';

/** Somebody, named or not. `key` is what calls take; it may change when nobody has named them. */
export interface PersonView {
  readonly key: string;
  /** Empty where there is none. */
  readonly name: string;
  /** Whether the person was ever spoken of: named, hidden, merged. Else a group that was gathered. */
  readonly edited: boolean;
  readonly hidden: boolean;
  readonly faces: number;
  readonly photos: number;
  /** The face to show; `null` where there is none. */
  readonly cover: FaceKey | null;
}

export interface FaceView {
  readonly id: FaceKey;
  readonly photoId: PhotoId;
  readonly box: FaceBox;
  /** `unsure`: small, blurred or turned away, so that it founds no group. */
  readonly quality: 'good' | 'unsure';
  /** Drawn by hand. */
  readonly manual: boolean;
  /** `null`: of nobody yet. */
  readonly person: PersonView | null;
  /** Whether the user has said so. */
  readonly confirmed: boolean;
}

/** Everybody. */
export interface PeopleView {
  /** Those the user has spoken of, by name; hidden ones too. */
  readonly people: readonly PersonView[];
  /** Groups without a name, largest first. */
  readonly groups: readonly PersonView[];
  /** Faces of nobody. */
  readonly unassigned: number;
}

export interface SuggestedFace {
  readonly face: FaceView;
  /** That it is the person's, 0 to 1. */
  readonly probability: number;
  /** Faces of the person that speak for it, nearest first. */
  readonly evidence: readonly FaceKey[];
}

export interface PersonPage {
  readonly person: PersonView;
  /** In the order of `photos`. */
  readonly faces: readonly FaceView[];
  /**
   * The photos they are on, each once, newest first. One whose date is not known goes by when it was
   * added, and comes after those of the same month whose date is.
   */
  readonly photos: readonly PhotoDate[];
  /** Likeliest first. */
  readonly suggestions: readonly SuggestedFace[];
  /** In the most photos first. */
  readonly seenWith: readonly { readonly person: PersonView; readonly photos: number }[];
}

export interface RankedView {
  readonly person: PersonView;
  /** 0 to 1. */
  readonly probability: number;
  readonly evidence: readonly FaceKey[];
  /** Is in the same photo already by another face. */
  readonly inPhoto: boolean;
}

/** Whose face it is. */
export interface Identification {
  readonly verdict: 'almost-surely' | 'perhaps' | 'nobody-named';
  /** Likeliest first. */
  readonly ranked: readonly RankedView[];
  /** Photos with this face, best first. */
  readonly photos: readonly {
    readonly photoId: PhotoId;
    readonly face: FaceKey;
    readonly probability: number;
  }[];
}

/** A face of a picture that is not kept. */
export interface IdentifiedFace {
  readonly box: FaceBox;
  readonly quality: 'good' | 'unsure';
  /** The face, cut out and levelled: an address to show it by. */
  readonly chip: string;
  readonly answer: Identification;
}

/** "Same or different?" */
export interface PairQuestion {
  readonly a: PersonView;
  readonly b: PersonView;
  /** The face of each to show. */
  readonly faces: readonly [FaceKey, FaceKey];
  readonly probability: number;
}

/** A command that appends an entry to the log. People and faces go by their keys. */
export type PeopleCommand =
  | { readonly kind: 'name'; readonly person: string; readonly name: string }
  | { readonly kind: 'hide'; readonly person: string; readonly hidden: boolean }
  | { readonly kind: 'cover'; readonly person: string; readonly face: FaceKey }
  | { readonly kind: 'merge'; readonly into: string; readonly from: string }
  /** The faces are another person, who is to be split off. */
  | { readonly kind: 'split'; readonly person: string; readonly faces: readonly FaceKey[] }
  | { readonly kind: 'confirm'; readonly person: string; readonly faces: readonly FaceKey[] }
  | { readonly kind: 'reject'; readonly person: string; readonly faces: readonly FaceKey[] }
  | { readonly kind: 'not-face'; readonly faces: readonly FaceKey[] }
  /**
   * Names a face: a new person, or, with the name of one, that person. The group that it is in follows
   * a new person, unless it is `only` this face; `another`: a new person in any case.
   */
  | {
      readonly kind: 'name-face';
      readonly face: FaceKey;
      readonly name: string;
      readonly only?: boolean;
      readonly another?: boolean;
    }
  /** `faces`: the pair that was shown; the covers without it. */
  | {
      readonly kind: 'answer';
      readonly a: string;
      readonly b: string;
      readonly same: boolean;
      readonly faces?: readonly [FaceKey, FaceKey];
    };

export interface AppliedCommand {
  /** The id of the log entry, which `undo` takes. */
  readonly entry: number;
  /** The key of the person it was about, as it is now; `null` where there is none. */
  readonly person: string | null;
}

/**
 * What an entry of the log changed. `name` is that of the person as it is now, `''` where there is
 * none; `faces` is how many.
 */
export type PeopleChange =
  /** `name` is what was given; `''` took the name away. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'confirm' | 'reject'; readonly faces: number; readonly name: string }
  /** Faces became a person of their own. */
  | { readonly kind: 'split'; readonly faces: number }
  | { readonly kind: 'merge'; readonly name: string }
  | { readonly kind: 'keep-separate'; readonly names: readonly [string, string] }
  /** Two faces are one person, or two. */
  | { readonly kind: 'same-faces' | 'different-faces' }
  | { readonly kind: 'not-face'; readonly faces: number }
  | { readonly kind: 'hide'; readonly hidden: boolean; readonly name: string }
  | { readonly kind: 'cover'; readonly name: string }
  /** A photo is one of several pictures, so that a person may be on it more than once. */
  | { readonly kind: 'collage'; readonly collage: boolean }
  /** An entry of an export that says nothing. */
  | { readonly kind: 'none' };

/** An entry of the log, for people to read. */
export interface LogEntryView {
  readonly entry: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly change: PeopleChange;
  readonly reverted: boolean;
}

export interface PeopleSearch {
  readonly all?: readonly string[];
  readonly any?: readonly string[];
  readonly none?: readonly string[];
}

/** What is done about faces in the background. */
export type FaceWork =
  | { readonly state: 'idle' }
  /** Photos of before are looked through. `loaded`: 0 to 1 while the nets are loaded, else 1. */
  | {
      readonly state: 'scanning';
      readonly done: number;
      readonly total: number;
      readonly secondsLeft: number | null;
      readonly loaded: number;
    }
  /** Stopped by the person, with photos left. */
  | { readonly state: 'stopped'; readonly left: number }
  | { readonly state: 'reclustering'; readonly progress: number }
  | ({ readonly state: 'failed' } & ErrorReport);

export interface FacesReport {
  readonly on: boolean;
  /** Photos of the gallery, and those that were looked through, or could not be. */
  readonly photos: number;
  readonly scanned: number;
  /** Those that could not be looked through. */
  readonly failed: number;
  readonly faces: number;
  readonly people: number;
  readonly groups: number;
  /** Entries of what was said of people that this version can't read. They are kept as they are. */
  readonly unparsed: number;
}
