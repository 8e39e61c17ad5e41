import type { Page } from '@playwright/test';
import type { MoveWork } from '../src/protocol/index.ts';
import { expect, test } from './fixtures/akin.ts';
import { everybody } from './fixtures/faces.ts';
import { restoreRelease } from './fixtures/releasedLibrary.ts';

const report = (page: Page) => page.evaluate(() => window.akin!.moving.report());
const state = (page: Page) => page.evaluate(() => window.akin!.moving.work.get().state);

/** Number of stored vectors per space, and number of photos with classes. */
function vectors(page: Page): Promise<{ spaces: Record<string, number>; classes: number }> {
  return page.evaluate(async () => {
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await asked(indexedDB.open('akin'));
    const tx = database.transaction(['vectors', 'classes']);
    const [keys, classes] = await Promise.all([
      asked(tx.objectStore('vectors').getAllKeys()),
      asked(tx.objectStore('classes').count()),
    ]);
    database.close();
    const spaces: Record<string, number> = {};
    for (const [space] of keys as [string, number][]) {
      const model = space.split('/')[0]!;
      spaces[model] = (spaces[model] ?? 0) + 1;
    }
    return { spaces, classes };
  });
}

function loseOriginal(page: Page, id: number): Promise<void> {
  return page.evaluate(async (lost) => {
    const opening = indexedDB.open('akin');
    const database = await new Promise<IDBDatabase>((resolve) => {
      opening.onsuccess = () => resolve(opening.result);
    });
    const tx = database.transaction('originals', 'readwrite');
    tx.objectStore('originals').delete(lost);
    await new Promise<void>((resolve) => {
      tx.oncomplete = () => resolve();
    });
    database.close();
  }, id);
}

// A first visit, with an empty profile.
test.use({ profile: null });

test('a library of an earlier release opens with its names and moves to the current model', async ({
  akin,
  page,
}) => {
  await restoreRelease(page, '0.1.0');
  await loseOriginal(page, 4);
  // Record all broadcasts of the move, from the start.
  await page.addInitScript(() => {
    const told: unknown[] = [];
    Object.assign(window, { told });
    new BroadcastChannel('akin').addEventListener('message', ({ data }) => {
      if (data.type === 'move-work') told.push(data.work);
    });
  });
  await akin.open();
  await expect(akin.tiles()).toHaveCount(12);
  const { people } = await everybody(page);
  expect(people.map(({ name }) => name).sort()).toEqual(['Ana', 'Ben', 'Cleo']);
  const [first] = await akin.list();
  // Search works from the start, whichever space the photos are in.
  const answer = await page.evaluate((id) => window.akin!.search(id), first!.id);
  expect(answer.hits).toHaveLength(11);

  // The move stays paused after a reload.
  await page.getByTestId('move-bar').getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Improving search is paused')).toBeVisible();
  await expect(page.getByText(/\d+ of 12 photos done/)).toBeVisible();
  await page.reload();
  await akin.ready();
  await page.getByTestId('move-bar').getByRole('button', { name: 'Resume' }).click();

  await expect.poll(async () => (await vectors(page)).spaces['visual-v1'] ?? 0).toBe(0);
  await expect.poll(() => state(page)).toBe('idle');
  const { spaces, classes } = await vectors(page);
  expect([spaces['visual-v2'], classes]).toEqual([12, 12]);
  const lost = { id: 4, code: 'not-found', failed: false };
  expect(await report(page)).toMatchObject({ from: [], failed: 0, reduced: 1, notes: [lost] });
  const told = await page.evaluate(() => (window as unknown as { told: MoveWork[] }).told);
  const states = told.map((work) => work.state);
  expect(states.slice(-2)).toEqual(['finishing', 'idle']);
  const index = await page.evaluate(() => window.akin!.index());
  expect(index.quality).toMatchObject({ recall10: 1, vectors: 12 });
  const after = await page.evaluate((id) => window.akin!.search(id), first!.id);
  expect(after.hits).toHaveLength(11);
  // Names and faces are unaffected.
  expect((await everybody(page)).people).toHaveLength(3);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Advanced' }).click();
  await expect(page.getByTestId('move-notes')).toContainText('Its thumbnail was used instead.');
});
