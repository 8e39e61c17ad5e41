import { AkinError } from '../../base/errors.ts';
import {
  exportLog,
  type Face,
  importingLog,
  photosWithFace,
  questions,
  type Ranking,
  rankPeople,
  runInSlices,
  suggestionsFor,
} from '../../identity/index.ts';
import type {
  AppliedCommand,
  FaceKey,
  FacesOutput,
  FaceView,
  Identification,
  IdentifiedFace,
  LogEntryView,
  PairQuestion,
  PeopleCommand,
  PeopleSearch,
  PeopleView,
  PersonPage,
  PersonView,
  PhotoId,
  ShownNames,
} from '../../protocol/index.ts';
import type { Faces, Photos } from '../../store/index.ts';
import { imageUrl } from '../shared/dataUrl.ts';
import { shownNames } from '../shared/shownNames.ts';
import { yieldToEventLoop } from '../shared/yieldToEventLoop.ts';
import { type CommandAssertions, commandToAssertions } from './commandToAssertions.ts';
import { describeLog } from './describeLog.ts';
import type { PeopleLibrary } from './peopleLibrary.ts';
import { byName, faceViewer, isNotFace, personView } from './peopleViews.ts';
import { inOrderOf, PhotoDates } from './photoDates.ts';
import { Reclusterer, type ReclustererOptions } from './reclusterer.ts';

const MOST_SUGGESTIONS = 60;
/** Maximum number of faces considered when searching photos with a face. */
const MOST_MATCHES = 500;
/** Minimum probability for a photo to be reported. */
const LEAST_MATCH = 0.05;
const MOST_QUESTIONS = 50;
const EVIDENCE = 3;
const MOST_UNMATCHED = 60;

export interface PeopleServiceOptions extends ReclustererOptions {
  readonly faces: Faces;
  readonly photos: Pick<Photos, 'dates'>;
}

/** Answers all queries about faces and people. */
export class PeopleService {
  readonly #options: PeopleServiceOptions;
  readonly dates: PhotoDates;
  readonly #library: PeopleLibrary;
  readonly reclusterer: Reclusterer;

  constructor(options: PeopleServiceOptions) {
    this.#options = options;
    this.#library = options.library;
    this.dates = new PhotoDates(options.photos);
    this.reclusterer = new Reclusterer(options);
  }

  get library(): PeopleLibrary {
    return this.#library;
  }

  counts(): { people: number; groups: number } {
    const { people, groups } = this.#library.people;
    return { people: people.filter(({ name }) => name !== '').length, groups: groups.length };
  }

  people(): PeopleView {
    const { people, groups, unassigned } = this.#library.people;
    const shown = people.filter(({ faces, name }) => faces.length > 0 || name !== '');
    return {
      people: shown.toSorted(byName).map(personView),
      groups: groups.map(personView),
      unassigned: unassigned.length,
      unmatched: clearFirst(unassigned).map(({ faceKey: id, photo: photoId }) => ({ id, photoId })),
    };
  }

  async facesOf(photoId: PhotoId): Promise<FaceView[]> {
    const library = this.#library;
    const faceKeys = await this.#options.faces.ofPhoto(photoId);
    // The events for faces stored a moment ago may not have arrived yet.
    await library.add(faceKeys.map(({ id }) => id));
    const view = faceViewer(library);
    return faceKeys.flatMap((info) => {
      const face = library.faceOf(info.id);
      if (!face || isNotFace(face, library.constraints)) return [];
      return [view(face, info)];
    });
  }

  /** Everyone each photo shows, hidden people aside. */
  shownIn(photos: readonly PhotoId[]): (readonly [PhotoId, PersonView])[] {
    const wanted = new Set(photos);
    const { people, groups } = this.#library.people;
    return [...people, ...groups].flatMap((person) => {
      const shown = new Set(person.faces.map(({ photo }) => photo).filter((id) => wanted.has(id)));
      if (person.hidden || shown.size === 0) return [];
      const view = personView(person);
      return [...shown].map((id) => [id, view] as const);
    });
  }

  /** As `shownIn`, of all photos and named people only. */
  shownNames(): ShownNames {
    const { people } = this.#library.people;
    return shownNames(
      people
        .filter(({ name, hidden }) => name !== '' && !hidden)
        .map(({ name, faces }) => ({ name, photos: new Set(faces.map(({ photo }) => photo)) })),
    );
  }

  async person(key: string): Promise<PersonPage> {
    const library = this.#library;
    const photos = await this.dates.newestFirst(library.person(key).faces);
    // The clusters may have changed meanwhile.
    const person = library.person(key);
    const view = faceViewer(library);
    const suggested = suggestionsFor(person, library.known, { limit: MOST_SUGGESTIONS });
    return {
      person: personView(person),
      faces: inOrderOf(photos, person.faces).map((face) => view(face)),
      photos,
      suggestions: suggested.map(({ face, probability, evidence }) => ({
        face: view(face),
        probability,
        evidence: evidence.slice(0, EVIDENCE).map(({ faceKey }) => faceKey),
      })),
      seenWith: library.photos
        .seenWith(person.key)
        .map(({ person: other, photos }) => ({ person: personView(other), photos })),
    };
  }

  identify(number: FaceKey): Identification {
    const face = this.#library.face(number);
    const vector = this.#library.vectors.vectorOf(number);
    if (!vector)
      throw new AkinError('not-found', 'This face is not searchable yet.', {
        details: { reason: 'not-yet' },
      });
    return this.#answer(vector, face);
  }

  /** @throws AkinError `wrong-space` if other models than the library's detected the faces */
  identifyAll({ faces, spaceId }: Pick<FacesOutput, 'faces' | 'spaceId'>): IdentifiedFace[] {
    if (spaceId !== this.#library.index.space.id) {
      throw new AkinError('wrong-space', 'The library’s faces are yet to be looked for anew.', {
        details: { reason: 'faces' },
      });
    }
    return faces.map(({ box, quality, chip, vector }) => ({
      box,
      quality,
      chip: imageUrl(new Uint8Array(chip)),
      answer: this.#answer(vector),
    }));
  }

  async chips(numbers: readonly FaceKey[]): Promise<{ id: FaceKey; src: string }[]> {
    const chips = await this.#options.faces.chips(numbers);
    return chips.map(({ id, image }) => ({
      id,
      src: imageUrl(new Uint8Array(image)),
    }));
  }

  async questions(limit: number, signal: AbortSignal): Promise<PairQuestion[]> {
    const most = Math.min(Math.max(1, Math.floor(limit) || 1), MOST_QUESTIONS);
    const found = await questions(this.#library.known, most, {
      progress: () => {},
      pause: yieldToEventLoop,
      aborted: () => signal.aborted,
    });
    return found.map(({ a, b, faceKeys, probability }) => ({
      a: personView(a),
      b: personView(b),
      faces: faceKeys,
      probability,
    }));
  }

  async apply(command: PeopleCommand): Promise<AppliedCommand> {
    const library = this.#library;
    const ids = [library.newPersonId(), library.newPersonId()] as const;
    let about: CommandAssertions['about'] = null;
    const entry = await library.log.append(() => {
      const spoken = commandToAssertions(library, command, ids);
      about = spoken.about;
      return spoken.assertions;
    }, Date.now());
    this.#broadcastChange();
    return this.#done(entry, about);
  }

  /** Reverts an entry, or reverts the revert. */
  async undo(entry: number): Promise<AppliedCommand> {
    const library = this.#library;
    const done = await library.log.toggleRevert(entry, Date.now());
    this.#broadcastChange();
    // Faces separated by an assertion may belong together without it.
    this.reclusterer.reclusterForLogChange();
    return this.#done(done, null);
  }

  entries(): LogEntryView[] {
    return describeLog(this.#library);
  }

  search(query: PeopleSearch): PhotoId[] {
    return [...this.#library.photos.search(query)];
  }

  exportLog(): string {
    const { entries, unparsedRows } = this.#library.log;
    return exportLog(entries, unparsedRows);
  }

  /**
   * Adds the entries of an exported log; being later, its assertions win.
   *
   * @returns the number of new entries
   * @throws AkinError `bad-magic`, `too-new`, `corrupt`, `too-many-steps`; nothing has changed then
   */
  async importLog(text: string): Promise<number> {
    if (typeof text !== 'string')
      throw new AkinError('bad-magic', 'This file holds no people.', {
        details: { reason: 'people' },
      });
    const log = await runInSlices(importingLog(text), yieldToEventLoop);
    const added = await this.#library.addLog(log);
    if (added > 0) this.#broadcastChange();
    return added;
  }

  /** Cancels background work. Resolves when nothing runs any more. */
  async close(): Promise<void> {
    this.#library.close();
    await this.reclusterer.ended();
  }

  #answer(vector: Float32Array, face?: Face): Identification {
    const library = this.#library;
    const { ranked, unnamed, verdict }: Ranking = rankPeople(vector, library.known, face);
    const photos = photosWithFace(vector, library.known, MOST_MATCHES, face);
    return {
      verdict: verdict.kind,
      ranked: ranked.map(({ person, probability, evidence, inPhoto }) => ({
        person: personView(person),
        probability,
        evidence: evidence.slice(0, EVIDENCE).map(({ faceKey }) => faceKey),
        inPhoto,
      })),
      unnamed: unnamed ? personView(unnamed) : null,
      photos: photos
        .filter(({ probability }) => probability >= LEAST_MATCH)
        .map(({ photo, faceKey, probability }) => ({ photoId: photo, face: faceKey, probability })),
    };
  }

  #done(entry: number, about: CommandAssertions['about']): AppliedCommand {
    const { constraints, keys, people } = this.#library;
    if (about === null) return { entry, person: null };
    if (typeof about === 'number')
      return { entry, person: people.byFaceKey.get(about)?.key ?? null };
    const id = constraints.currentId(about);
    return { entry, person: id === undefined ? null : keys.of(id) };
  }

  /** Notifies the other tabs and this tab's page. */
  #broadcastChange(): void {
    const { tab, broadcast } = this.#options;
    broadcast({ type: 'people', tab });
    broadcast({ type: 'people-seen', tab });
  }
}

/** Some of the faces, the clear ones first. */
function clearFirst(faces: readonly Face[]): Face[] {
  const good = faces.filter(({ quality }) => quality === 'good').slice(0, MOST_UNMATCHED);
  const rest = MOST_UNMATCHED - good.length;
  return [...good, ...faces.filter(({ quality }) => quality !== 'good').slice(0, rest)];
}
