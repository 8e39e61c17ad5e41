/** What is read of an entry of `package-lock.json`. */
interface LockEntry {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  /** Packed into the archive of the package around it, whose hash stands for both. */
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Lockfile {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

const SHA512 = /^sha512-[\w+/]{86}==$/;
const VERSION = /^\d+\.\d+\.\d+[\w.+-]*$/;

/** Where Node finds a package from another's place: in the nearest `node_modules` that has it. */
function placeOf({ packages }: Lockfile, from: string, name: string): string | undefined {
  for (let at = from; ; ) {
    const place = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (packages[place]) return place;
    if (at === '') return undefined;
    at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')));
  }
}

/**
 * Why `npm ci` would not get what the registry vouches for, on this platform or another; empty for a
 * sound lockfile. npm leaves the entries of other platforms out, or without their hash, when it
 * writes a lockfile from the packages that lie in `node_modules`.
 */
export function lockfileFaults(lock: Lockfile): string[] {
  const faults: string[] = [];
  for (const [place, entry] of Object.entries(lock.packages)) {
    if (place !== '' && !entry.inBundle && !SHA512.test(entry.integrity ?? '')) {
      faults.push(`${place} has no SHA-512 hash.`);
    }
    // A version that is none is the address of an archive or a repository.
    if (entry.resolved !== undefined || entry.link || !VERSION.test(entry.version ?? '')) {
      faults.push(`${place} names where it is from.`);
    }
    for (const name of Object.keys(entry.optionalDependencies ?? {})) {
      if (placeOf(lock, place, name)) continue;
      faults.push(`${place || 'package.json'} may need ${name}, which has no entry.`);
    }
  }
  return faults;
}
