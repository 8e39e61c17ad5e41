/**
 * Can a file harm Akin? Generates hostile files of every format that Akin reads and of others,
 * imports them into the real app in a real browser, and checks the database afterwards.
 *
 *   npm run build
 *   npm run bench:hostile
 *   npm run bench:hostile -- --files 1000 --seed 7
 *
 * Prints one row: `tried` files; `crashed`, crashed tabs and workers, uncaught errors, and failures
 * not caused by the file; `hung`, files not finished in time; `partial`, photos without original,
 * thumbnail or vector, leftovers of failed files, and files neither imported nor failed. All but
 * `tried` must be 0; details go to standard error.
 */
import { parseArgs } from 'node:util';
import { hostileFiles } from '../scripts/hostile/files.ts';
import { tryFiles } from '../scripts/hostile/tryFiles.ts';
import { startSession } from '../scripts/session.ts';
import { checkInteger } from '../src/base/checks.ts';
import { printRow, say } from './browser/rows.ts';

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '360' },
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: '4290' },
  },
});
const count = checkInteger('--files', Number(values.files), 1, 100_000);
const seed = checkInteger('--seed', Number(values.seed), 0, 2 ** 31);
const port = checkInteger('--port', Number(values.port), 1, 65_535);

const files = await hostileFiles(count, seed);
say(`${files.length} files are made.`);
const session = await startSession({ port, switches: ['--disable-gpu'] });
try {
  const { tried, crashed, hung, partial, kept, failed, told } = await tryFiles(
    session.page,
    files,
    {
      open: async (page) => {
        await page.goto(session.url);
        await page.waitForFunction(() => window.akin !== undefined);
        await page.evaluate(() => window.akin!.ready());
      },
      fileMs: 20_000,
      restMs: 120_000,
      onPart: (done) => say(`${done} are done with.`),
    },
  );
  for (const line of told) say(line);
  printRow({ bench: 'hostile', seed, tried, crashed, hung, partial, kept, failed });
  process.exitCode = crashed + hung + partial > 0 ? 1 : 0;
} finally {
  await session.close();
}
