import type { PhotoId } from './photo.ts';

/** Two photos to ask about. */
export interface AlikeQuestion {
  readonly a: PhotoId;
  readonly b: PhotoId;
  /** Chance that they are alike, as far as Akin can tell, in [0, 1]. */
  readonly chance: number;
}

/** A photo marked + or − among the results of a search for other photos. */
export interface ResultMark {
  readonly photo: PhotoId;
  readonly mark: 'more' | 'less';
  /** Photos that the search asked for more like, and less like. */
  readonly more: readonly PhotoId[];
  readonly less: readonly PhotoId[];
}

/** Something the user said about pairs of photos, for display. */
export interface PairEntryView {
  /** For `undoPairEntry`. */
  readonly entry: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly source: 'answer' | 'mark';
  /** Whether the first photo, which is the one that was marked, is like the others. */
  readonly alike: boolean;
  /** Those in the gallery. */
  readonly photos: readonly PhotoId[];
  readonly reverted: boolean;
  /** Whether some of it contradicts items or something said later, and has no effect. */
  readonly contradicted: boolean;
}

/** All there is to learn from. */
export interface TeachingSources {
  /** Items with at least two photos, and these photos. */
  readonly items: number;
  readonly itemPhotos: number;
  /** Pairs that were answered, and those that results marked + and − make. */
  readonly answers: number;
  readonly marks: number;
  /** Pairs of either that have no effect: see `PairEntryView`. */
  readonly contradicted: number;
  /** Groups that all of it makes, and their photos. */
  readonly groups: number;
  readonly photos: number;
  /** Whether marks are recorded and learned from. */
  readonly learnsFromMarks: boolean;
}

/** What the user says about pairs of photos, served by the `library` worker. */
export interface PairsContract {
  teachingSources(): TeachingSources;
  /**
   * The pairs whose answers say most, best first: up to eight, each about other photos. None if
   * nothing is left to ask.
   *
   * @param skipped pairs to leave out
   */
  pairQuestions(skipped: readonly (readonly [PhotoId, PhotoId])[]): readonly AlikeQuestion[];
  /**
   * Records whether two photos are alike. Returns the entry of the log.
   *
   * Rejects with `not-found` if either isn't in the gallery (any more).
   */
  answerPair(a: PhotoId, b: PhotoId, alike: boolean): number;
  /**
   * Records what a mark says: a photo marked + is like those the search asked for more like, and not
   * like the others; one marked − isn't like the former. Returns the entry of the log; `null` if
   * marks aren't recorded, or if it says nothing.
   */
  markResult(mark: ResultMark): number | null;
  /** Takes an entry back, or back again. Returns the entry that does so. */
  undoPairEntry(entry: number): number;
  /** Newest first, without entries whose photos are all gone. */
  pairLog(): readonly PairEntryView[];
  /** From now on, records marks and learns from them, or does neither. */
  learnFromMarks(on: boolean): void;
  /** The log as a file: JSON. */
  exportPairs(): string;
  /**
   * Adds the entries of an exported log that this one lacks. Returns how many.
   *
   * Rejects with `bad-magic`, `too-new`, `corrupt`, `too-many-steps`; nothing has changed then.
   */
  importPairs(text: string): number;
}
