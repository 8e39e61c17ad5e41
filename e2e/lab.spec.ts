import { expect, test } from './fixtures/akin.ts';
import { expectNoViolation, look } from './fixtures/axe.ts';
import { expectOwnNumbers, figure, openChapter, shownStep } from './fixtures/lab.ts';
import { fortyBlocks } from './fixtures/libraries.ts';

test.use({ profile: fortyBlocks });

test('the Lab opens from the navigation and Settings, and its steps have addresses', async ({
  akin,
  page,
}) => {
  await akin.open();
  await page.getByRole('navigation').getByRole('link', { name: 'Lab' }).click();
  await expect(page.getByText('All 40 photos')).toBeVisible();
  await openChapter(page, 'cells', 3);
  await expect(page.getByTestId('lab-step')).toHaveText('Learning cells: round 3');
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await expect(page.getByTestId('lab-step')).toHaveText('Learning cells: round 4');
  expect(page.url()).toContain('lab=cells&step=4');
  await page.getByRole('slider').press('ArrowRight');
  await expect(page.getByTestId('lab-step')).toHaveText('Learning cells: round 5');
  await page.reload();
  await expect(page.getByTestId('lab-step')).toHaveText('Learning cells: round 5');

  // Another photo is searched for; leaving the Lab ends its worker.
  const photo = await page.getByTestId('lab-query').getAttribute('data-id');
  await page.getByRole('button', { name: 'Another photo' }).click();
  await expect(page.getByTestId('lab-query')).not.toHaveAttribute('data-id', photo!);
  const workers = () => page.workers().filter((each) => each.url().includes('lab.worker')).length;
  expect(workers()).toBe(1);
  await page.getByRole('link', { name: 'Photos' }).click();
  await expect.poll(workers).toBe(0);

  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('tab', { name: 'Advanced' }).click();
  await page.getByRole('button', { name: 'Open the Lab' }).click();
  await expect(page.getByTestId('lab')).toBeVisible();
});

test('the Lab notices that other photos are there, and nothing of its old work stays', async ({
  akin,
  page,
}) => {
  await akin.open();
  await page.evaluate(() => window.akin!.remove([1]));
  await openChapter(page, 'race', 4);
  await expect(page.getByText('All 39 photos')).toBeVisible();
  const update = page.getByRole('button', { name: 'Use the current photos' });
  await expect(update).toHaveCount(0);
  // As many as before, but the search photo isn't one of them.
  const photo = Number(await page.getByTestId('lab-query').getAttribute('data-id'));
  await page.evaluate(async (id) => {
    await window.akin!.remove([id]);
    await window.akin!.restore([1]);
  }, photo);
  await update.click();
  await expect(page.getByTestId('lab-query')).not.toHaveAttribute('data-id', String(photo));
  await expect(update).toHaveCount(0);
  await expect(page.getByTestId('lab-status')).toHaveText(/Measuring/);
  await expect(page.getByTestId('lab-status')).not.toHaveText(/Couldn’t/);

  await page.getByRole('link', { name: 'Photos' }).click();
  const work = () => page.evaluate(() => window.akin!.lab.work.get().state);
  await expect.poll(work).toBe('idle');
});

test('the Lab shows cells of three photos only once there are enough', async ({ akin, page }) => {
  await akin.open();
  await page.evaluate(() =>
    window.akin!.remove(Array.from({ length: 37 }, (_, i) => window.akin!.gallery.get().ids[i]!)),
  );
  await openChapter(page, 'cells');
  await expect(page.getByText('All 3 photos')).toBeVisible();
  await expect(page.getByText('needs at least 4 photos')).toBeVisible();
  await openChapter(page, 'hashing', 13);
  await expect(figure(page, 'buckets')).toHaveText(/ of 64$/);
});

test('cells: what is drawn is what the search did, and the library can use it', async ({
  akin,
  page,
}) => {
  await akin.open();
  await openChapter(page, 'cells', 9);
  await look(page, 'the cells of the Lab');
  for (const nprobe of [1, 3]) {
    await openChapter(page, 'cells', 8 + nprobe);
    const answer = await expectOwnNumbers(page);
    const opened = answer.trace.filter((step) => step.step === 'cell').length;
    expect(opened).toBeGreaterThanOrEqual(nprobe);
    await expect(figure(page, 'cells')).toHaveText(`${opened} of 8`);
    const missed = [...Object.values(answer.truth)].filter(
      (id) => !Object.values(answer.ids).includes(id),
    );
    await expect(page.getByTestId('lab-photo-missed')).toHaveCount(missed.length);
    await page.getByText('Show as a table').click();
    await expect(page.getByRole('cell', { name: 'Opened' })).toHaveCount(opened);
  }
  // All cells: nothing is missed.
  await openChapter(page, 'cells', 16);
  await expect(figure(page, 'recall')).toHaveText('100%');
  await expect(page.getByTestId('lab-photo-missed')).toHaveCount(0);

  await page.getByTestId('lab-photo-found').first().click();
  await shownStep(page, 'cells');
  await expectOwnNumbers(page);

  await page.getByTestId('lab-use').click();
  await expect(page.getByText('Your library uses this')).toBeVisible();
  expect(await page.evaluate(async () => (await window.akin!.index()).choice)).toEqual({
    kind: 'ivf',
  });
  await expectNoViolation(page, 'the Lab');
});
