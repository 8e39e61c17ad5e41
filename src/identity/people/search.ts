import { AkinError } from '../../base/errors.ts';
import type { People, Person } from './people.ts';

/** Whom the photos sought show. Keys of `Person`, of people and groups alike. */
export interface PeopleQuery {
  /** All of these are in the photo. */
  readonly all?: readonly string[];
  /** At least one of these, where there are any. */
  readonly any?: readonly string[];
  /** None of these. */
  readonly none?: readonly string[];
}

/** Somebody in the same photos. */
export interface SeenWith {
  readonly person: Person;
  /** Photos that show both. */
  readonly photos: number;
}

/** The photos of everybody, made once from who is whom. */
export class PeoplePhotos {
  readonly #people = new Map<string, Person>();
  readonly #photos = new Map<string, ReadonlySet<number>>();

  constructor({ people, groups }: People) {
    for (const person of [...people, ...groups]) {
      this.#people.set(person.key, person);
      this.#photos.set(person.key, new Set(person.faces.map(({ photo }) => photo)));
    }
  }

  /**
   * The photos of a person, each once, however often they show them.
   *
   * @throws `not-found`
   */
  photosOf(key: string): ReadonlySet<number> {
    const photos = this.#photos.get(key);
    if (!photos) throw new AkinError('not-found', 'this person is not here any more');
    return photos;
  }

  /**
   * The photos that a query asks for, rising.
   *
   * @param among the photos to search; without it all that show anybody. A query that only excludes
   *   gives the photos with nobody in them too where they are among these
   * @throws `not-found` for a key of nobody
   */
  search(
    { all = [], any = [], none = [] }: PeopleQuery,
    among?: Iterable<number>,
  ): Uint32Array<ArrayBuffer> {
    const required = all.map((key) => this.photosOf(key));
    const oneOf = any.map((key) => this.photosOf(key));
    const excluded = none.map((key) => this.photosOf(key));
    const from = among ?? required[0] ?? union(oneOf.length > 0 ? oneOf : this.#photos.values());
    const found = [...new Set(from)].filter(
      (photo) =>
        required.every((photos) => photos.has(photo)) &&
        (oneOf.length === 0 || oneOf.some((photos) => photos.has(photo))) &&
        !excluded.some((photos) => photos.has(photo)),
    );
    return Uint32Array.from(found).sort();
  }

  /**
   * Whom a person is seen with, most often first.
   *
   * @throws `not-found`
   */
  seenWith(key: string): SeenWith[] {
    const own = this.photosOf(key);
    const seen: SeenWith[] = [];
    for (const [other, photos] of this.#photos) {
      if (other === key) continue;
      const shared = sharedBy(own, photos);
      if (shared > 0) seen.push({ person: this.#people.get(other)!, photos: shared });
    }
    return seen.sort((a, b) => b.photos - a.photos || (a.person.key < b.person.key ? -1 : 1));
  }
}

/** How many photos two sets share. */
function sharedBy(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let shared = 0;
  for (const photo of small) if (large.has(photo)) shared++;
  return shared;
}

function union(sets: Iterable<ReadonlySet<number>>): Set<number> {
  const all = new Set<number>();
  for (const set of sets) for (const photo of set) all.add(photo);
  return all;
}
