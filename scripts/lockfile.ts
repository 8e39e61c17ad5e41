/**
 * Updates `package-lock.json` from `package.json` for every platform: `npm run lockfile`, after
 * each change of dependencies. Runs npm in a folder without `node_modules`: otherwise npm copies
 * metadata from the installed packages, which lack those of other platforms.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lockfile, lockfileFaults } from './lockfileFaults.ts';

const LOCKFILE = 'package-lock.json';

const folder = mkdtempSync(join(tmpdir(), 'akin-lockfile-'));
const read = (path: string): Lockfile => JSON.parse(readFileSync(path, 'utf8')) as Lockfile;

try {
  for (const name of ['package.json', '.npmrc']) copyFileSync(name, join(folder, name));
  // npm doesn't complete existing entries, but writes missing ones.
  const lock = read(LOCKFILE);
  const packages = Object.fromEntries(
    Object.entries(lock.packages).filter(
      ([place, { integrity, inBundle }]) => place === '' || integrity || inBundle,
    ),
  );
  writeFileSync(join(folder, LOCKFILE), JSON.stringify({ ...lock, packages }, null, 2));
  const npm = ['npm', 'install', '--package-lock-only', '--ignore-scripts', '--no-audit'];
  const { status } = spawnSync(npm.join(' '), { cwd: folder, stdio: 'inherit', shell: true });
  if (status !== 0) throw new Error('npm could not write the lockfile.');
  const faults = lockfileFaults(read(join(folder, LOCKFILE)));
  if (faults.length > 0) throw new Error(`The lockfile is not sound:\n${faults.join('\n')}`);
  copyFileSync(join(folder, LOCKFILE), LOCKFILE);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
