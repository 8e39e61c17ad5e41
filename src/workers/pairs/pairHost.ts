import { AkinError } from '../../base/errors.ts';
import {
  exportPairs,
  importingPairs,
  type PairAssertion,
  runInSlices,
} from '../../identity/index.ts';
import type {
  AkinEvent,
  Handlers,
  PairsContract,
  PhotoId,
  ResultMark,
  TeachingLabels,
  TeachingSources,
} from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import type { ItemState } from '../items/itemLibrary.ts';
import type { PhotoNames } from '../items/photoFiles.ts';
import { yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { describePairLog } from './describePairLog.ts';
import { PairLibrary, type PairState } from './pairLibrary.ts';
import { type ComparedSpace, pairQuestions } from './pairQuestions.ts';

export interface PairHostOptions {
  readonly store: () => Promise<Store>;
  readonly items: {
    /** The items and the photos of the gallery, as they are now. */
    state(): Promise<ItemState>;
    isEmpty(): Promise<boolean>;
  };
  readonly space: () => Promise<ComparedSpace>;
  readonly tab: string;
  readonly broadcast: (event: AkinEvent) => void;
}

/** Photos that a search asks for more or less like, of which a mark is recorded. */
const MOST_EXAMPLES = 50;
const NOTHING: TeachingLabels = { ids: new Uint32Array(), groups: new Uint32Array() };

/** A tab's view of what was said about pairs of photos: answers the page's calls. */
export class PairHost {
  readonly #options: PairHostOptions;
  readonly #library: PairLibrary;

  constructor(options: PairHostOptions) {
    this.#options = options;
    this.#library = new PairLibrary(options.store, () => options.items.state(), options.tab);
  }

  readonly handlers: Handlers<PairsContract> = {
    teachingSources: () => this.#sources(),
    pairQuestions: async (_signal, skipped) => {
      const { indexes } = await this.#options.store();
      const state = await this.#library.state();
      const vectors: typeof indexes.vectors = (space, ids) => indexes.vectors(space, ids);
      return pairQuestions(state, await this.#options.space(), vectors, skipped);
    },
    answerPair: async (_signal, a, b, alike) => {
      const { names } = await this.#library.state();
      return this.#append([pairOf(a, b, names, { kind: alike ? 'alike' : 'different' })]);
    },
    markResult: async (_signal, mark) => {
      if (!(await this.#library.learnsFromMarks())) return null;
      const { names } = await this.#library.state();
      const assertions = assertionsOf(mark, names);
      return assertions.length > 0 ? this.#append(assertions) : null;
    },
    undoPairEntry: async (_signal, entry) => {
      await this.#library.state();
      return this.#changed(await this.#library.log.toggleRevert(entry, Date.now()));
    },
    pairLog: async () => {
      if (await this.#library.isEmpty()) return [];
      const state = await this.#library.state();
      return describePairLog(this.#library.log.entries, state);
    },
    learnFromMarks: async (_signal, on) => {
      if (typeof on !== 'boolean') throw new AkinError('invalid-argument', 'Either on or off.');
      await this.#library.setMarks(on);
      this.#changed(0);
    },
    exportPairs: async () => {
      await this.#library.isEmpty();
      return exportPairs(this.#library.log.entries);
    },
    importPairs: async (_signal, text) => {
      const log = await runInSlices(importingPairs(text), yieldToEventLoop);
      await this.#library.isEmpty();
      return this.#changed(await this.#library.log.add(log));
    },
  };

  /** Photos grouped by items and by pairs that are alike. */
  async teachingLabels(): Promise<TeachingLabels> {
    if (await this.#isEmpty()) return NOTHING;
    return labelsOf(groupsIn(await this.#library.state()));
  }

  /** Handles a library event from any worker of any tab. */
  hear(event: AkinEvent): void {
    this.#library.hear(event);
  }

  async #sources(): Promise<TeachingSources> {
    if (await this.#isEmpty()) {
      const learnsFromMarks = await this.#library.learnsFromMarks();
      const none = { items: 0, itemPhotos: 0, answers: 0, marks: 0, contradicted: 0 };
      return { ...none, groups: 0, photos: 0, learnsFromMarks };
    }
    const state = await this.#library.state();
    const { names, items, said, grouped, learnsFromMarks } = state;
    const isHere = ({ a, b }: PairAssertion) => names.idOf.has(a) && names.idOf.has(b);
    const shown = [...items.all.values()]
      .map(({ photos }) => photos.filter((hash) => names.idOf.has(hash)).length)
      .filter((count) => count >= 2);
    const groups = groupsIn(state);
    const marks = said.filter((pair) => pair.source === 'mark' && isHere(pair)).length;
    return {
      items: shown.length,
      itemPhotos: sum(shown),
      answers: said.filter(isHere).length - marks,
      marks,
      contradicted: grouped.contradicted.filter(isHere).length,
      groups: groups.length,
      photos: sum(groups.map(({ length }) => length)),
      learnsFromMarks,
    };
  }

  async #isEmpty(): Promise<boolean> {
    return (await this.#options.items.isEmpty()) && (await this.#library.isEmpty());
  }

  async #append(assertions: readonly PairAssertion[]): Promise<number> {
    return this.#changed(await this.#library.log.append(() => assertions, Date.now()));
  }

  /** Notifies all tabs. */
  #changed<T>(answer: T): T {
    this.#options.broadcast({ type: 'pairs', tab: this.#options.tab });
    return answer;
  }
}

/** @throws AkinError `not-found` if either photo isn't in the gallery */
function pairOf(
  a: PhotoId,
  b: PhotoId,
  { hashOf }: PhotoNames,
  what: Pick<PairAssertion, 'kind'> & { readonly source?: PairAssertion['source'] },
): PairAssertion {
  const [one, other] = [hashOf.get(a), hashOf.get(b)];
  if (one === undefined || other === undefined) {
    throw new AkinError('not-found', 'This photo is not here any more.');
  }
  return { source: 'answer', ...what, a: one, b: other };
}

/** What a mark says; the photo that was marked is the first of each pair. */
function assertionsOf(
  { photo, mark, more, less }: ResultMark,
  names: PhotoNames,
): readonly PairAssertion[] {
  const isOther = (id: PhotoId) => id !== photo && names.hashOf.has(id);
  const pairs = (ids: readonly PhotoId[], kind: PairAssertion['kind']) =>
    ids
      .filter(isOther)
      .slice(0, MOST_EXAMPLES)
      .map((id) => pairOf(photo, id, names, { kind, source: 'mark' }));
  if (mark === 'less') return pairs(more, 'different');
  return [...pairs(more, 'alike'), ...pairs(less, 'different')];
}

/** The photos of the gallery of each group, at least two. */
function groupsIn({ grouped, names: { idOf } }: PairState): PhotoId[][] {
  return grouped.groups
    .map((group) => group.flatMap((hash) => idOf.get(hash) ?? []))
    .filter((photos) => photos.length >= 2);
}

function labelsOf(all: readonly (readonly PhotoId[])[]): TeachingLabels {
  const labeled = all
    .flatMap((photos, group) => photos.map((id) => ({ id, group })))
    .sort((a, b) => a.id - b.id);
  return {
    ids: Uint32Array.from(labeled, ({ id }) => id),
    groups: Uint32Array.from(labeled, ({ group }) => group),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
