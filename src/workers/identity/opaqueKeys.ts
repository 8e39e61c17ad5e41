import { sipHash } from '../../base/sipHash.ts';
import type { People, Person } from '../../identity/index.ts';
import type { Meta } from '../../store/index.ts';

/** Begins as all settings about faces do, so that it goes when they are erased. */
const SECRET_NAME = 'faces.address-secret';
const SECRET_BYTES = 16;
const OPAQUE = /^[0-9a-f]{16}$/;

const encoder = new TextEncoder();

/**
 * The keys by which the page and its addresses call people. What people are called by inside is the
 * hash of a photo with a box in it, or what a file brought along: an address with that would tell, in
 * the browser's history and wherever it syncs to, that this photo was here. Outside they go by a hash
 * of that with a secret of the library, which is drawn at random. So an address lasts as long as the
 * library, and tells nothing; nothing is stored for it; and once the secret is erased nobody can tell
 * whose it was.
 */
export class OpaqueKeys {
  readonly #secret: Uint8Array;
  readonly #known = new Map<string, string>();

  /** @param secret 16 bytes */
  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  /** With the secret that the library has, or is given now. */
  static async of(meta: Pick<Meta, 'keep'>): Promise<OpaqueKeys> {
    const fresh = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
    const isSecret = (kept: unknown) => kept instanceof Uint8Array && kept.length === SECRET_BYTES;
    return new OpaqueKeys((await meta.keep(SECRET_NAME, fresh, isSecret)) as Uint8Array);
  }

  /** What is meant by a key that comes from outside; one of before there were opaque keys, too. */
  meant(key: string): string {
    return OPAQUE.test(key) ? key : this.of(key);
  }

  /** The key outside for a key inside. */
  of(key: string): string {
    let opaque = this.#known.get(key);
    if (opaque === undefined) {
      opaque = sipHash(this.#secret, encoder.encode(key)).toString(16).padStart(16, '0');
      this.#known.set(key, opaque);
    }
    return opaque;
  }

  /** The same people under their keys for outside. */
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
