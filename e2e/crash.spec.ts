import { killRun } from '../bench/kills/killRun.ts';
import { expect, test } from './fixtures/akin.ts';
import { blockFiles, scratch } from './fixtures/pictures.ts';

// A browser that is killed takes its trace with it, and asking it for one fails.
test.use({ trace: 'off' });

test('an import goes on where it was each time the browser is killed, and nothing is lost', async ({
  baseURL,
}) => {
  const row = await killRun({
    kills: 3,
    seed: 5,
    paths: await blockFiles(40, 5_000),
    url: baseURL!,
    profile: scratch(),
    withinMs: 6_000,
    log: (line) => console.log(line),
  });
  expect(row).toMatchObject({ kills: 3, lost: 0, doubled: 0, inconsistent: 0 });
  expect(row.photos).toBeGreaterThanOrEqual(40);
});
