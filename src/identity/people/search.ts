import { AkinError } from '../../base/errors.ts';
import type { People, Person } from './people.ts';

/** People in the photos searched for, by `Person` keys of people and groups alike. */
export interface PeopleQuery {
  /** All of these are in the photo. */
  readonly all?: readonly string[];
  /** At least one of these, if any are given. */
  readonly any?: readonly string[];
  /** None of these. */
  readonly none?: readonly string[];
}

/** A person in the same photos. */
export interface SeenWith {
  readonly person: Person;
  /** Photos that show both. */
  readonly photos: number;
}

/** The photos of each person, computed once from the assignment. */
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
   * The distinct photos of a person.
   *
   * @throws `not-found`
   */
  photosOf(key: string): ReadonlySet<number> {
    const photos = this.#photos.get(key);
    if (!photos) throw new AkinError('not-found', 'this person is not here any more');
    return photos;
  }

  /**
   * The photos that match a query, ascending.
   *
   * @param among the photos to search; by default all with a person. With it, a query that only
   *   excludes also returns photos without people
   * @throws `not-found` for an unknown key
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
   * The people seen with a person, most frequent first.
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

/** Size of the intersection. */
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
