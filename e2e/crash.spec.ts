import { killRun } from '../bench/kills/killRun.ts';
import { readLibrary } from '../bench/kills/readLibrary.ts';
import { expect, test } from './fixtures/akin.ts';
import { BrowserProcess } from './fixtures/browserProcess.ts';
import { visited } from './fixtures/libraries.ts';
import { blockFiles } from './fixtures/pictures.ts';
import { copyOf } from './fixtures/profiles.ts';

/** Enough for the import to be running at each of three kills. */
const PHOTOS = 24;

// A killed browser can't return a trace; requesting one would fail.
test.use({ trace: 'off' });

test('an import resumes each time the browser is killed, and nothing is lost', async ({
  baseURL,
}) => {
  const profile = await copyOf(visited);
  const row = await killRun({
    kills: 3,
    seed: 5,
    paths: await blockFiles(PHOTOS, 5_000),
    url: baseURL!,
    profile,
    withinMs: 4_000,
    log: (line) => console.log(line),
  });
  expect(row).toMatchObject({ kills: 3, lost: 0, doubled: 0, inconsistent: 0 });
  expect(row.photos).toBeGreaterThanOrEqual(PHOTOS);

  // Damage the intact library on purpose, to verify that the check detects each problem.
  const browser = new BrowserProcess(profile);
  try {
    const [page] = (await browser.start()).pages();
    const { photos } = await readLibrary(page!, baseURL!);
    const [first, second, third, fourth] = photos.map(([id]) => id);
    await page!.evaluate(
      async ([noThumb, noOriginal, otherBytes, noVector]) => {
        const opening = indexedDB.open('akin');
        await new Promise((resolve) => opening.addEventListener('success', resolve));
        const names = ['thumbs', 'originals', 'vectors', 'segments'];
        const tx = opening.result.transaction(names, 'readwrite');
        tx.objectStore('thumbs').delete(noThumb!);
        tx.objectStore('originals').delete(noOriginal!);
        tx.objectStore('originals').put(new Blob(['other']), otherBytes!);
        tx.objectStore('originals').put(new Blob(['left behind']), 4_000_000);
        tx.objectStore('segments').put(new ArrayBuffer(8), 4_000_000);
        const keys = tx.objectStore('vectors').getAllKeys();
        keys.onsuccess = () => {
          for (const key of keys.result as [string, number][])
            if (key[1] === noVector) tx.objectStore('vectors').delete(key);
        };
        await new Promise((resolve) => tx.addEventListener('complete', resolve));
        opening.result.close();
      },
      [first!, second!, third!, fourth!],
    );
    const { problems } = await readLibrary(page!, baseURL!);
    for (const problem of [
      `photo ${first} has no thumbnail`,
      `photo ${second} has no original`,
      `the original of photo ${third} is not what was hashed`,
      `photo ${fourth} has no vector`,
      "original 4000000 is nobody's",
      'segment 4000000 is in no manifest',
    ]) {
      expect(problems).toContain(problem);
    }
  } finally {
    await browser.kill();
  }
});
