import { expect, test } from './fixtures/akin.ts';
import { expectNoViolation } from './fixtures/axe.ts';
import { sceneFiles } from './fixtures/pictures.ts';

test('a result says which parts of it and of the example are similar', async ({ akin, page }) => {
  const { scene, church, others } = await sceneFiles();
  const ask = page.getByRole('button', { name: 'Why this one?' });
  const dialog = page.getByRole('dialog', { name: 'Why this one?' });
  const heat = dialog.getByTestId('why-heat');
  const found = page.locator('.stage-original[data-shown]');
  await akin.open();
  await akin.bringIn([church, ...others, scene]);
  const ids = { scene: await akin.idNamed('Scene'), church: await akin.idNamed('Church') };

  // A photo that wasn't found with another one has nothing to explain.
  await akin.open(`/?photo=${ids.church}`);
  await expect(found).toBeVisible();
  await expect(ask).toHaveCount(0);

  await page.getByRole('button', { name: 'Search with this photo' }).click();
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.locator(`[data-testid=result-tile][data-photo-id="${ids.scene}"]`).click();
  await expect(found).toBeVisible();
  await page.locator('.stage').hover();
  await ask.click();
  await expect(heat).toHaveCount(2);
  await expect(dialog.getByAltText('Searched with')).toBeVisible();
  await expect(dialog.getByAltText('This photo')).toBeVisible();
  await expect(heat.last()).toHaveAccessibleName(/Brightest (at the bottom right|in the middle)/);
  await expectNoViolation(page, 'why this one');
  const toggle = dialog.getByRole('button', { name: 'Show highlights' });
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  await toggle.click();
  await expect(heat).toHaveCount(0);
  await toggle.press('Enter');
  await expect(heat).toHaveCount(2);

  // Escape closes it and stays on the photo, and so does Back.
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`photo=${ids.scene}`));
  await expect(ask).toBeFocused();
  await page.keyboard.press('w');
  await expect(dialog).toBeVisible();
  await page.goBack();
  await expect(dialog).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`photo=${ids.scene}`));

  // Similar photos are compared with the one they are similar to, on a phone below it.
  await page.setViewportSize({ width: 390, height: 844 });
  await akin.open(`/?photo=${ids.church}`);
  await akin.results().first().click();
  await expect(page).not.toHaveURL(new RegExp(`photo=${ids.church}$`));
  await ask.click();
  await expect(heat).toHaveCount(2);
  const [above, below] = [await heat.first().boundingBox(), await heat.last().boundingBox()];
  expect(below!.y).toBeGreaterThan(above!.y + above!.height);
  await page.getByRole('button', { name: 'Close' }).click();

  const told = await page.evaluate(async ({ scene, church }) => {
    const { explain, original } = window.akin!;
    const picture = await original(church);
    const codeOf = (asked: Promise<unknown>) =>
      asked.then(
        () => 'explained',
        ({ code }) => code as string,
      );
    const { term, cosine, query, result } = await explain(
      { terms: [{ word: 'church' }, { photo: scene, weight: -1 }, { blob: picture }] },
      { id: scene },
    );
    const cell = result.weights.indexOf(Math.max(...result.weights));
    const whole = query.weights.reduce((sum, weight) => sum + weight / query.weights.length, 0);
    const controller = new AbortController();
    const stopped = codeOf(
      explain({ terms: [{ photo: church }] }, { id: scene }, { signal: controller.signal }),
    );
    controller.abort();
    const codes = [
      await stopped,
      await codeOf(explain({ terms: [{ word: 'church' }] }, { id: scene })),
      await codeOf(
        explain(
          { terms: [{ photo: church }] },
          { id: scene, box: { x: 0, y: 0, width: 2, height: 1 } },
        ),
      ),
      await codeOf(explain({ terms: [{ photo: 999 }] }, { id: scene })),
    ];
    return {
      term,
      codes,
      cells: [result.width, result.height],
      brightest: [
        (cell % result.width) / result.width,
        Math.floor(cell / result.width) / result.height,
      ],
      off: Math.abs(whole - cosine),
    };
  }, ids);
  expect(told.term).toBe(2);
  expect(told.codes).toEqual(['aborted', 'invalid-argument', 'invalid-argument', 'not-found']);
  expect(told.cells).toEqual([10, 8]);
  for (const share of told.brightest) expect(share).toBeGreaterThanOrEqual(0.4);
  // The cells of a square picture average to the cosine; those of a wide one nearly do.
  expect(told.off).toBeLessThan(0.2);
});
