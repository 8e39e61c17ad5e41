import type { PersonId } from '../faces/face.ts';
import type { FaceId } from '../faces/faceId.ts';
import { compareIds } from '../faces/faceId.ts';
import { type Log, liveSteps } from '../log/log.ts';
import { runThrough, SLICE, type Sliced } from '../log/slices.ts';
import { type Word, weightOf } from '../log/words.ts';
import { Bonds } from './bonds.ts';
import { Constraints, type FaceWord, type PersonFacts, type SetAside } from './constraints.ts';

/**
 * What a log comes to: the same log gives the same constraints, always.
 *
 * Words that can be true together all hold. Where they cannot, the newer hold: words are taken newest
 * first, and one that contradicts those taken is set aside, for one of its faces or all. It stays in
 * the log, and holds again once what contradicts it is taken back. Two people are two until they are
 * merged: `same` binds two faces, it does not make one person of two.
 */
export function resolve(log: Log): Constraints {
  return runThrough(resolving(log));
}

/** As `resolve`, in slices. */
export function* resolving(log: Log): Sliced<Constraints> {
  const resolver = new Resolver();
  const steps = liveSteps(log);
  let done = 0;
  for (const { id, words } of steps.toReversed()) {
    for (let word = words.length - 1; word >= 0; word--) {
      if (!resolver.take(words[word]!)) resolver.setAside.push({ step: id, word });
      done += weightOf(words[word]!);
      if (done < SLICE) continue;
      done = 0;
      yield;
    }
  }
  return yield* resolver.finishing();
}

interface Label {
  readonly person: PersonId;
  leads: boolean;
}

class Resolver {
  readonly setAside: SetAside[] = [];
  readonly #bonds = new Bonds();
  readonly #faces = new Map<FaceId, number>();
  readonly #people = new Map<PersonId, number>();
  /**
   * By bond, the id that its people go by; `undefined` where it has none. An array, as a map in which a
   * key comes and goes keeps all that went in one chain, and takes longer each time.
   */
  readonly #personOfBond: (PersonId | undefined)[] = [];
  readonly #labels = new Map<FaceId, Label>();
  readonly #notFaces = new Set<FaceId>();
  /** Faces that a word met so far takes for somebody's. */
  readonly #taken = new Set<FaceId>();
  readonly #collages = new Map<string, boolean>();
  // Newest first, as they are met.
  readonly #names = new Map<PersonId, string>();
  readonly #hidden = new Map<PersonId, boolean>();
  readonly #covers: { readonly person: PersonId; readonly face: FaceId }[] = [];

  /** Takes a word that is older than all before. Returns whether it holds in all its parts. */
  take(word: Word): boolean {
    switch (word.kind) {
      case 'group':
      case 'is':
        return every(word.faces, (face) => this.#label(face, word.person, word.kind === 'group'));
      case 'isNot':
        return every(word.faces, (face) => this.#part(this.#face(face), this.#person(word.person)));
      case 'same':
        return this.#same(word.a, word.b);
      case 'different':
        return this.#areFaces(word.a, word.b) && this.#part(this.#face(word.a), this.#face(word.b));
      case 'merge':
        return this.#merge(word.into, word.from);
      case 'apart':
        return this.#part(this.#person(word.a), this.#person(word.b));
      case 'notFace':
        return every(word.faces, (face) => this.#dismiss(face));
      case 'name':
        this.#person(word.person);
        setNew(this.#names, word.person, word.name);
        return true;
      case 'hide':
        this.#person(word.person);
        setNew(this.#hidden, word.person, word.hidden);
        return true;
      case 'cover':
        this.#person(word.person);
        this.#covers.push(word);
        return true;
      case 'collage':
        setNew(this.#collages, word.photoHash, word.collage);
        return true;
    }
  }

  *finishing(): Sliced<Constraints> {
    const faces = new Map<FaceId, FaceWord>();
    for (const [face, thing] of this.#faces) {
      if (faces.size % SLICE === SLICE - 1) yield;
      if (this.#notFaces.has(face)) continue;
      const bond = this.#bonds.of(thing);
      const label = this.#labels.get(face);
      const base = label?.person ?? this.#personOfBond[bond];
      faces.set(face, { bond, base, leads: label?.leads ?? false });
    }
    const merged = new Map<PersonId, PersonId[]>();
    const personBonds = new Map<PersonId, number>();
    const personOfBond = new Map<number, PersonId>();
    for (const [person, thing] of this.#people) {
      if (personBonds.size % SLICE === SLICE - 1) yield;
      const bond = this.#bonds.of(thing);
      personBonds.set(person, bond);
      const current = this.#personOfBond[bond]!;
      personOfBond.set(bond, current);
      if (!merged.has(current)) merged.set(current, []);
      if (current !== person) merged.get(current)!.push(person);
    }
    yield;
    const people = new Map<PersonId, PersonFacts>();
    const currentOf = (person: PersonId) => this.#personOfBond[personBonds.get(person)!]!;
    const names = this.#namesTakenIn(currentOf);
    const covers = this.#coversOf(currentOf);
    yield;
    for (const [id, others] of [...merged].sort(([a], [b]) => compareIds(a, b))) {
      if (people.size % SLICE === SLICE - 1) yield;
      people.set(id, {
        id,
        name: this.#names.get(id) || (names.get(id) ?? ''),
        hidden: this.#hidden.get(id) ?? false,
        covers: covers.get(id) ?? [],
        merged: others.sort(compareIds),
      });
    }
    return new Constraints({
      people,
      faces,
      notFaces: this.#notFaces,
      collages: new Set([...this.#collages].flatMap(([hash, is]) => (is ? [hash] : []))),
      setAside: this.setAside.reverse(),
      bonds: this.#bonds,
      personBonds,
      personOfBond,
    });
  }

  /** For a person without a name: the newest of those whom they have taken in. */
  #namesTakenIn(currentOf: (person: PersonId) => PersonId): Map<PersonId, string> {
    const names = new Map<PersonId, string>();
    for (const [person, name] of this.#names) {
      const current = currentOf(person);
      if (current !== person && name !== '') setNew(names, current, name);
    }
    return names;
  }

  /** The person's own come before those of whom they have taken in. */
  #coversOf(currentOf: (person: PersonId) => PersonId): Map<PersonId, FaceId[]> {
    const covers = new Map<PersonId, FaceId[]>();
    for (const isOwn of [true, false]) {
      for (const { person, face } of this.#covers) {
        const current = currentOf(person);
        if ((current === person) !== isOwn) continue;
        const known = covers.get(current);
        if (known) known.push(face);
        else covers.set(current, [face]);
      }
    }
    return covers;
  }

  #label(face: FaceId, person: PersonId, leads: boolean): boolean {
    const to = this.#person(person);
    if (this.#notFaces.has(face) || !this.#bind(this.#face(face), to)) return false;
    this.#taken.add(face);
    const label = this.#labels.get(face);
    if (!label) this.#labels.set(face, { person, leads });
    else if (label.person === person) label.leads ||= leads;
    return true;
  }

  #same(a: FaceId, b: FaceId): boolean {
    if (!this.#areFaces(a, b) || !this.#bind(this.#face(a), this.#face(b))) return false;
    this.#taken.add(a).add(b);
    return true;
  }

  /** What a newer word takes for somebody's is a face after all. */
  #dismiss(face: FaceId): boolean {
    if (this.#taken.has(face)) return false;
    this.#notFaces.add(face);
    return true;
  }

  #areFaces(a: FaceId, b: FaceId): boolean {
    return !this.#notFaces.has(a) && !this.#notFaces.has(b);
  }

  #bind(a: number, b: number): boolean {
    const bondA = this.#bonds.of(a);
    const bondB = this.#bonds.of(b);
    const personA = this.#personOfBond[bondA];
    const personB = this.#personOfBond[bondB];
    if (bondA !== bondB && personA !== undefined && personB !== undefined) return false;
    return this.#join(bondA, bondB, personA ?? personB);
  }

  #merge(into: PersonId, from: PersonId): boolean {
    const bondInto = this.#bonds.of(this.#person(into));
    const bondFrom = this.#bonds.of(this.#person(from));
    return this.#join(bondInto, bondFrom, this.#personOfBond[bondInto]);
  }

  #join(a: number, b: number, person: PersonId | undefined): boolean {
    const joined = this.#bonds.join(a, b);
    if (joined === undefined) return false;
    this.#personOfBond[joined] = person;
    return true;
  }

  #part(a: number, b: number): boolean {
    return this.#bonds.part(this.#bonds.of(a), this.#bonds.of(b));
  }

  #face(id: FaceId): number {
    return numberOf(this.#faces, id, this.#bonds);
  }

  #person(id: PersonId): number {
    const known = this.#people.get(id);
    if (known !== undefined) return known;
    const thing = numberOf(this.#people, id, this.#bonds);
    this.#personOfBond[thing] = id;
    return thing;
  }
}

function numberOf(numbers: Map<string, number>, id: string, bonds: Bonds): number {
  let thing = numbers.get(id);
  if (thing === undefined) {
    thing = bonds.add();
    numbers.set(id, thing);
  }
  return thing;
}

/** Like `Array.every`, but for all parts, whatever the first ones come to. */
function every<T>(parts: readonly T[], holds: (part: T) => boolean): boolean {
  return parts.map(holds).every(Boolean);
}

/** A newer word on the same matter stands. */
function setNew<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) map.set(key, value);
}
