import { sipHash } from '../../base/sipHash.ts';
import type { People, Person } from '../../identity/index.ts';
import type { Meta } from '../../store/index.ts';

/** Has the prefix of all face settings, so it is erased with them. */
const SECRET_NAME = 'faces.address-secret';
const SECRET_BYTES = 16;
const OPAQUE = /^[0-9a-f]{16}$/;

const encoder = new TextEncoder();

/**
 * Opaque keys for people in the page and in URLs. Internal ids contain the hash of a photo with a
 * box, or came with an imported file: in the browser's history, and wherever it syncs, such an id
 * would reveal that this photo was here. Outside, people go by a hash of the internal id with a
 * random secret of the library. A key is therefore as stable as the library, reveals nothing and
 * needs no storage; once the secret is erased, no one can tell whose it was.
 */
export class OpaqueKeys {
  readonly #secret: Uint8Array;
  readonly #known = new Map<string, string>();

  /** @param secret 16 bytes */
  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  /** Uses the library's secret, creating one if there is none. */
  static async of(meta: Pick<Meta, 'keep'>): Promise<OpaqueKeys> {
    const fresh = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
    const isSecret = (kept: unknown) => kept instanceof Uint8Array && kept.length === SECRET_BYTES;
    return new OpaqueKeys((await meta.keep(SECRET_NAME, fresh, isSecret)) as Uint8Array);
  }

  /** Normalizes a key from outside; also accepts the plain ids used before opaque keys. */
  meant(key: string): string {
    return OPAQUE.test(key) ? key : this.of(key);
  }

  /** The opaque key of an internal id. */
  of(key: string): string {
    let opaque = this.#known.get(key);
    if (opaque === undefined) {
      opaque = sipHash(this.#secret, encoder.encode(key)).toString(16).padStart(16, '0');
      this.#known.set(key, opaque);
    }
    return opaque;
  }

  /** The same people with opaque keys. */
  rekeyed({ people, groups, unassigned, byFaceKey }: People): People {
    const fresh = new Map<Person, Person>();
    const rekey = (person: Person): Person => {
      const other = { ...person, key: this.of(person.key) };
      fresh.set(person, other);
      return other;
    };
    return {
      people: people.map(rekey),
      groups: groups.map(rekey),
      unassigned,
      byFaceKey: new Map(
        Array.from(byFaceKey, ([faceKey, person]) => [faceKey, fresh.get(person)!]),
      ),
    };
  }
}
