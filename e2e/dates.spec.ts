import { join } from 'node:path';
import sharp from 'sharp';
import { type AkinPage, expect, test } from './fixtures/akin.ts';
import { look } from './fixtures/axe.ts';
import { anotherPhoto, groupPhoto } from './fixtures/facePictures.ts';
import { blockFiles, scratch } from './fixtures/pictures.ts';

// Half a day from UTC, so a date that isn't in camera time falls on another day.
test.use({ timezoneId: 'Pacific/Auckland', locale: 'en-GB' });

/** Saves the photo with an EXIF capture date in camera time, or without one. */
async function dated(path: string, name: string, date?: string): Promise<string> {
  const photo = sharp(path).jpeg({ quality: 90 });
  const to = join(scratch(), `${name}.jpg`);
  await (date ? photo.withExif({ IFD2: { DateTimeOriginal: date } }) : photo).toFile(to);
  return to;
}

/** Four photos of the same people, not in the order of their dates. */
async function fourPhotos(): Promise<string[]> {
  return [
    await dated(groupPhoto(1), 'early May', '2019:05:03 14:05:09'),
    await dated(await anotherPhoto(1, 1), 'New Year’s Eve', '2021:12:31 23:59:00'),
    await dated(await anotherPhoto(1, 2), 'unknown'),
    await dated(await anotherPhoto(1, 3), 'late May', '2019:05:31 23:30:00'),
  ];
}

/** Names the person who is in all photos, which keeps the group stable, and opens their page. */
async function openPerson({ page }: AkinPage, photos: number): Promise<void> {
  const group = () =>
    page.evaluate(
      async (most) =>
        (await window.akin!.faces.people()).groups.find((each) => each.photos === most)?.key,
      photos,
    );
  await expect.poll(group).toBeDefined();
  const named = await page.evaluate(
    async (person) => window.akin!.faces.apply({ kind: 'name', person, name: 'Ana' }),
    (await group())!,
  );
  await page.evaluate((key) => {
    location.search = `?person=${encodeURIComponent(key!)}`;
  }, named.person);
}

test('a person’s photos are sorted by capture date, under headings', async ({ akin, page }) => {
  await akin.open();
  await page.evaluate(() => window.akin!.faces.turnOn());
  await akin.bringIn(await fourPhotos());
  const [early, eve, unknown, late] = await Promise.all(
    ['early May', 'New Year’s Eve', 'unknown', 'late May'].map((name) => akin.idNamed(name)),
  );
  expect((await akin.list()).map(({ takenAt }) => takenAt)).toEqual([
    Date.UTC(2019, 4, 3, 14, 5, 9),
    Date.UTC(2021, 11, 31, 23, 59),
    undefined,
    Date.UTC(2019, 4, 31, 23, 30),
  ]);
  await openPerson(akin, 4);
  await akin.ready();

  const now = new Intl.DateTimeFormat('en-GB', {
    year: 'numeric',
    timeZone: 'Pacific/Auckland',
  }).format(new Date());
  const headings = page.getByTestId('grid-heading');
  // No month fills a row, so they share one heading.
  await expect(headings).toHaveText([`2019 – ${now}`]);
  const shown = () =>
    akin.tiles().evaluateAll((tiles) => tiles.map((tile) => Number(tile.dataset.photoId)));
  expect(await shown()).toEqual([unknown, eve, late, early]);
  const group = page.getByRole('listbox', { name: 'Photos' }).getByRole('group', {
    name: `2019 – ${now}`,
  });
  await expect(group.getByRole('option')).toHaveCount(4);
  await expect(group.getByRole('option').last()).toHaveAttribute('aria-posinset', '4');
  await look(page, 'photos under date headings');

  const tile = (id: number) => page.locator(`[data-photo-id="${id}"]`);
  await tile(unknown!).focus();
  await page.keyboard.press('ArrowRight');
  await expect(tile(eve!)).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await expect(tile(late!)).toBeFocused();
  await page.keyboard.press('ArrowLeft');
  await expect(tile(eve!)).toBeFocused();
  await page.keyboard.press('End');
  await expect(tile(early!)).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  const selected = page.getByRole('option', { selected: true });
  await expect(selected).toHaveCount(3);
  await expect(tile(early!)).toHaveAttribute('aria-selected', 'false');
  await page.keyboard.press('Escape');
  await expect(selected).toHaveCount(0);

  // The photo view shows the capture time in camera time; going back restores the focus.
  await tile(late!).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Taken 31 May 2019, 23:30')).toBeVisible();
  // The viewer steps through this person's photos in the same order.
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByText('Taken 31 Dec 2021, 23:59')).toBeVisible();
  await page.getByRole('button', { name: 'Next photo' }).click();
  await expect(page.getByText('Taken 31 May 2019, 23:30')).toBeVisible();
  await page.goBack();
  await expect(tile(late!)).toBeFocused();

  // After a delete, the photo that takes its place is focused, under the same heading.
  await page.keyboard.press('Delete');
  await expect(tile(early!)).toBeFocused();
  await expect(group.getByRole('option')).toHaveCount(3);
  await page.keyboard.press('Delete');
  await expect(headings).toHaveText([`2021 – ${now}`]);
  await expect(tile(eve!)).toBeFocused();
});

test('photos imported by a version that didn’t read dates get theirs later', async ({
  akin,
  page,
}) => {
  await akin.open();
  const [one, two] = await blockFiles(2, 4000);
  await akin.bringIn([await dated(one!, 'one', '2019:05:03 14:05:09'), await dated(two!, 'two')]);
  // Remove the dates, as in the library of an earlier version.
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('akin');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const tx = database.transaction(['photos', 'meta', 'ledger'], 'readwrite');
    tx.objectStore('meta').delete('ledger.complete');
    tx.objectStore('ledger').clear();
    const reading = tx.objectStore('photos').getAll();
    reading.onsuccess = () => {
      for (const { takenAt: _takenAt, dateSource: _source, ...row } of reading.result) {
        tx.objectStore('photos').put(row);
      }
    };
    await new Promise<void>((resolve, reject) => {
      tx.oncomplete = () => resolve();
      tx.onabort = () => reject(tx.error);
    });
    database.close();
  });
  const takenAt = async () => (await akin.list()).map((photo) => photo.takenAt ?? null);
  expect(await takenAt()).toEqual([null, null]);
  await page.reload();
  await akin.ready();
  // Wakes the worker that backfills dates.
  await page.evaluate(() => window.akin!.timings());
  await expect.poll(takenAt).toEqual([Date.UTC(2019, 4, 3, 14, 5, 9), null]);
});
