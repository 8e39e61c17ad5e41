import type {
  AlikeQuestion,
  PairEntryView,
  PhotoId,
  ResultMark,
  TeachingSources,
} from '../../protocol/index.ts';
import type { AskLibrary } from '../faces/faces.ts';
import type { Observable } from '../observable.ts';

/** What the user says about pairs of photos, to learn from. Methods reject with an `AkinError`. */
export interface PairsApi {
  /** Incremented whenever there may be more or less to learn from, in any tab. */
  readonly version: Observable<number>;
  /** How much there is to learn from: items, answers and marks. */
  sources(): Promise<TeachingSources>;
  /**
   * The pairs whose answers say most, best first: up to eight, each about other photos. None if
   * nothing is left to ask.
   *
   * @param skipped pairs to leave out
   */
  questions(skipped?: readonly (readonly [PhotoId, PhotoId])[]): Promise<readonly AlikeQuestion[]>;
  /** Records whether two photos are alike. Returns the entry, for `undo`. */
  answer(a: PhotoId, b: PhotoId, alike: boolean): Promise<number>;
  /**
   * Records what it says that a result was marked + or −. Returns the entry; `null` if it says
   * nothing, or if marks aren't learned from.
   */
  mark(mark: ResultMark): Promise<number | null>;
  /** Takes back an answer or mark, or restores it. Returns the entry that does so. */
  undo(entry: number): Promise<number>;
  /** What was said, newest first. */
  history(): Promise<readonly PairEntryView[]>;
  /** From now on, records marks and learns from them (the default), or does neither. */
  learnFromMarks(on: boolean): Promise<void>;
  /** The whole history as JSON. */
  export(): Promise<string>;
  /** Adds what an exported history says that this one lacks. Returns how many entries. */
  import(text: string): Promise<number>;
}

/** The page's side of pairs, which the library worker answers. */
export function createPairs(ask: AskLibrary, version: Observable<number>): PairsApi {
  return {
    version,
    sources: () => ask('teachingSources', []),
    questions: (skipped = []) => ask('pairQuestions', [skipped]),
    answer: (a, b, alike) => ask('answerPair', [a, b, alike]),
    mark: (mark) => ask('markResult', [mark]),
    undo: (entry) => ask('undoPairEntry', [entry]),
    history: () => ask('pairLog', []),
    learnFromMarks: (on) => ask('learnFromMarks', [on]),
    export: () => ask('exportPairs', []),
    import: (text) => ask('importPairs', [text]),
  };
}
