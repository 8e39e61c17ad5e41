/**
 * Kills the browser (SIGKILL, all its processes) at random moments of an import of 300 photos, and
 * checks the disk each time: is every file that Akin reported as stored still there, once, and
 * intact? Prints one JSON row; all but `kills` and `photos` must be 0. Needs a build.
 *
 *   npm run bench:kills -- --kills 50 --seed 1
 *   npm run bench:kills -- --kills 30 --move    while the photos move from one model to another
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { blockFiles, scratch } from '../e2e/fixtures/pictures.ts';
import { startServer } from '../scripts/session.ts';
import { killRun } from './kills/killRun.ts';
import { moveKillRun } from './kills/moveKillRun.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    photos: { type: 'string', default: '300' },
    within: { type: 'string', default: '10' },
    move: { type: 'boolean', default: false },
    port: { type: 'string', default: '4291' },
  },
});
if (!existsSync('dist/index.html')) throw new Error('There is no build: run `npm run build`.');
const url = `http://localhost:${values.port}/`;
const server = await startServer(Number(values.port), url);
try {
  const row = await (values.move ? moveKillRun : killRun)({
    kills: Number(values.kills),
    seed: Number(values.seed),
    paths: await blockFiles(Number(values.photos), 1_000 * Number(values.seed)),
    url,
    profile: scratch(),
    withinMs: 1_000 * Number(values.within),
    log: (line) => console.error(line),
  });
  console.log(JSON.stringify(row));
  process.exitCode = row.lost + row.doubled + row.inconsistent === 0 ? 0 : 1;
} finally {
  server.kill();
}
