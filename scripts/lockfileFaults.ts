/** The fields used of an entry in `package-lock.json`. */
interface LockEntry {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  /** Bundled in the enclosing package's archive, whose hash covers both. */
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Lockfile {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

const SHA512 = /^sha512-[\w+/]{86}==$/;
const VERSION = /^\d+\.\d+\.\d+[\w.+-]*$/;

/**
 * Where Node resolves a package from another's location: the nearest `node_modules` that has it.
 */
function placeOf({ packages }: Lockfile, from: string, name: string): string | undefined {
  for (let at = from; ; ) {
    const place = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (packages[place]) return place;
    if (at === '') return undefined;
    at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')));
  }
}

/**
 * Why `npm ci` would not install exactly what the registry vouches for, on this or another
 * platform; empty for a sound lockfile. npm omits entries of other platforms, or their hashes, when
 * it writes a lockfile from installed packages.
 */
export function lockfileFaults(lock: Lockfile): string[] {
  const faults: string[] = [];
  for (const [place, entry] of Object.entries(lock.packages)) {
    if (place !== '' && !entry.inBundle && !SHA512.test(entry.integrity ?? '')) {
      faults.push(`${place} has no SHA-512 hash.`);
    }
    // A non-version is the URL of an archive or repository.
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
