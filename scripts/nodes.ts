import { spawnSync } from 'node:child_process';

/**
 * Builds and runs the unit tests on each supported version of Node in turn: the oldest that
 * `engines` in `package.json` allows, and the newest of each later line. npm's `node` package
 * provides them.
 *
 *   npm run test:nodes
 *   npm run test:nodes -- 22 24
 */
const VERSIONS = ['20.19.0', '22.23.3', '24.21.0'];

const asked = process.argv.slice(2);
const unknown = asked.filter((each) => !VERSIONS.some((version) => isOf(version, each)));
if (unknown.length > 0) {
  throw new Error(`Not one of ${VERSIONS.join(', ')}: ${unknown.join(', ')}.`);
}

const failed: string[] = [];
for (const version of VERSIONS) {
  if (asked.length > 0 && !asked.some((each) => isOf(version, each))) continue;
  console.log(`\nNode ${version}`);
  if (!runsOn(version)) failed.push(version);
}
console.log(failed.length === 0 ? '\nAll passed.' : `\nFailed on Node ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;

function isOf(version: string, asked: string): boolean {
  return version === asked || version.startsWith(`${asked}.`);
}

function runsOn(version: string): boolean {
  // npx puts that version first in the PATH, for npm and its child processes.
  const npx = ['-y', '-p', `node@${version}`, '-c'];
  const found = spawnSync('npx', [...npx, 'node --version'], { encoding: 'utf8' });
  if (found.stdout.trim() !== `v${version}`) {
    console.error(`It could not be had: ${found.stdout}${found.stderr}`);
    return false;
  }
  const work = 'npm run -s build && npm run -s unit';
  return spawnSync('npx', [...npx, work], { stdio: 'inherit' }).status === 0;
}
