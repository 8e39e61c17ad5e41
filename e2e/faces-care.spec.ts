import type { Page } from '@playwright/test';
import type { PeopleCommand } from '../src/protocol/index.ts';
import { AkinPage, expect, test } from './fixtures/akin.ts';
import { expectNoViolation, look } from './fixtures/axe.ts';
import { anotherPhoto } from './fixtures/facePictures.ts';
import { lookedThrough, report, work } from './fixtures/faces.ts';
import { facesFound } from './fixtures/libraries.ts';

// Errors and edge cases of faces and people are reported, and lose no data.

test.use({ profile: facesFound });

/** Writes rows, or deletes those without a value, as another version or an accident would. */
async function write(
  page: Page,
  rows: readonly { store: string; key?: string | number; value?: unknown }[],
): Promise<void> {
  await page.evaluate(async (all) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('akin');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    await new Promise<void>((resolve, reject) => {
      const tx = database.transaction(
        all.map(({ store }) => store),
        'readwrite',
      );
      for (const { store, key, value } of all) {
        if (value === undefined) tx.objectStore(store).delete(key!);
        else tx.objectStore(store).put(value, key);
      }
      tx.oncomplete = () => resolve();
      tx.onabort = () => reject(tx.error);
    });
    database.close();
  }, rows);
}

/** Version of the face models, as stored with each scanned photo. */
function versionOf(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('akin');
      opening.onsuccess = () => resolve(opening.result);
    });
    const rows = await new Promise<{ version: string }[]>((resolve) => {
      const asking = database.transaction('faceScans').objectStore('faceScans').getAll();
      asking.onsuccess = () => resolve(asking.result);
    });
    database.close();
    return rows[0]!.version;
  });
}

async function openSettings(page: Page) {
  await page.goto('/');
  await new AkinPage(page).ready();
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('tab', { name: 'People' }).click();
  return settings;
}

test('a name applies to a whole group, or to one face only', async ({ akin, page }) => {
  await akin.open();
  const { photo, face } = await page.evaluate(async () => {
    const id = window.akin!.gallery.get().ids[0]!;
    const faces = await window.akin!.faces.ofPhoto(id);
    return { photo: id, face: faces.find(({ person }) => person?.faces === 3)!.id };
  });
  await page.goto(`/?photo=${photo}`);
  await akin.ready();
  await page.getByRole('button', { name: 'Show faces' }).click();
  await page.locator(`[data-face="${face}"]`).click();
  await expect(page.getByText('The name applies to all 3 faces of this person.')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Only this face' }).check();
  await expect(page.getByText('The name applies to this face only.')).toBeVisible();
  await look(page, 'naming a single face');
  await page.getByRole('combobox', { name: 'Name' }).fill('Solo');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByTestId('verdict')).toHaveText('Solo');
  const { people } = await page.evaluate(() => window.akin!.faces.people());
  expect(people).toMatchObject([{ name: 'Solo', faces: 1 }]);
});

test('unreadable changes, failed scans and paused scans are reported, and scans can be resumed', async ({
  akin,
  page,
}) => {
  await akin.open();
  const [group] = (await page.evaluate(() => window.akin!.faces.people())).groups;
  await page.evaluate(
    (person) => window.akin!.faces.apply({ kind: 'name', person, name: 'Ana' }),
    group!.key,
  );
  const version = await versionOf(page);
  const [first, second] = (await akin.list()).map(({ id }) => id);

  // A log entry of a later version, and a photo on which the models failed.
  await write(page, [
    { store: 'peopleLog', value: { id: 2, at: 1, words: [{ kind: 'sing' }] } },
    {
      store: 'faceScans',
      key: first!,
      value: { version, faces: 0, leftOut: 0, failed: 'internal' },
    },
  ]);
  let settings = await openSettings(page);
  await expect(settings.getByTestId('unparsed-entries')).toHaveText(
    'This version of Akin can’t read 1 change to people. It’s kept as it is.',
  );
  await expect(settings.getByTestId('faces-failed')).toContainText(
    'Couldn’t scan 1 photo for faces.',
  );
  expect(await report(page)).toMatchObject({ scanned: 3, failed: 1, unparsed: 1, people: 1 });
  await expectNoViolation(page, 'face settings');
  await settings.getByTestId('faces-failed').scrollIntoViewIfNeeded();
  await settings.getByTestId('faces-failed').getByRole('button', { name: 'Try again' }).click();
  await expect(settings.getByTestId('faces-failed')).toHaveCount(0);
  await lookedThrough(page);
  expect(await report(page)).toMatchObject({ scanned: 3, failed: 0 });
  await settings.getByRole('button', { name: 'People history' }).click();
  const log = page.getByRole('dialog', { name: 'People history' });
  await expect(log.getByTestId('unparsed-entries')).toBeVisible();
  await expect(log.getByTestId('log-entry')).toHaveCount(1);

  // The scan was paused in an earlier visit, with one photo left.
  await write(page, [
    { store: 'meta', key: 'faces.stopped', value: true },
    { store: 'faceScans', key: second! },
  ]);
  settings = await openSettings(page);
  await expect.poll(() => work(page)).toEqual({ state: 'stopped', left: 1 });
  const box = settings.getByTestId('faces-work');
  await expect(box).toContainText('1 photo left');
  await box.getByRole('button', { name: 'Resume' }).click();
  await lookedThrough(page);
});

test('an undo in one tab updates the groups in another', async ({ akin, context, page }) => {
  await akin.open();
  const [group] = (await page.evaluate(() => window.akin!.faces.people())).groups;
  const { person: ana } = await page.evaluate(
    (person) => window.akin!.faces.apply({ kind: 'name', person, name: 'Ana' }),
    group!.key,
  );
  await akin.bringIn([await anotherPhoto(1, 3)]);
  await lookedThrough(page);
  const facesOf = (of: Page) =>
    of.evaluate(
      async (key) => (await window.akin!.faces.person(key)).faces.map(({ id }) => id),
      ana!,
    );
  const [fresh] = await facesOf(page);
  expect(await facesOf(page)).toHaveLength(4);
  const tell = (deed: PeopleCommand) =>
    page.evaluate((each) => window.akin!.faces.apply(each), deed);
  const rejected = await tell({ kind: 'reject', person: ana!, faces: [fresh!] });
  // Any undo reclusters; the rejected face stays out of the group.
  const hidden = await tell({ kind: 'hide', person: ana!, hidden: true });
  await page.evaluate((step) => window.akin!.faces.undo(step), hidden.entry);
  await expect.poll(() => page.evaluate(() => window.akin!.faces.work.get().state)).toBe('idle');
  const other = new AkinPage(await context.newPage());
  await other.open();
  expect(await facesOf(other.page)).toHaveLength(3);

  await page.evaluate((step) => window.akin!.faces.undo(step), rejected.entry);
  await expect.poll(() => facesOf(page)).toContain(fresh);
  await expect.poll(() => facesOf(other.page)).toContain(fresh);
});
