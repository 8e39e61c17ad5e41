import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { expect, test } from './fixtures/akin.ts';
import { expectNoViolation } from './fixtures/axe.ts';
import { dumpAtRest } from './fixtures/database.ts';
import { dragOf } from './fixtures/drag.ts';
import { facesFound } from './fixtures/libraries.ts';
import { sampleFiles, sceneFiles, scratch } from './fixtures/pictures.ts';

test('words are suggested and searched for, Back returns to the results, and unknown words are reported', async ({
  akin,
  page,
}) => {
  const field = page.getByRole('combobox', { name: 'Search photos, people, dates' });
  const message = page.getByTestId('query-message');
  const terms = page.getByTestId('term');
  await akin.open();
  // The sample “Church” is a drawing that the model classifies as one.
  await akin.bringIn((await sampleFiles(30)).slice(-6));
  const church = await akin.idNamed('Church');

  await page.keyboard.press('/');
  await field.pressSequentially('churc');
  const suggestion = page.getByRole('option', { name: 'church', exact: true });
  await expect(suggestion).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(terms).toHaveText(['church']);
  await expect(akin.results().first()).toHaveAttribute('data-photo-id', String(church));
  await expect(message).toHaveText(/^\d+ photos? found\.$/);
  // The URL doesn't contain the word, which is still there after a reload.
  await expect(page).toHaveURL(/\?view=search&query=[0-9a-f]{16}$/);
  await page.reload();
  await expect(akin.results().first()).toHaveAttribute('data-photo-id', String(church));

  await akin.results().first().click();
  await expect(page).toHaveURL(/photo=\d+/);
  await page.goBack();
  await expect(terms).toHaveText(['church']);

  // Each change is a step: Back undoes it.
  await field.press('Backspace');
  await expect(terms.last()).toBeFocused();
  await terms.last().press('Backspace');
  await expect(terms).toHaveCount(0);
  await expect(field).toBeFocused();
  await page.goBack();
  await expect(terms).toHaveText(['church']);
  await page.getByRole('button', { name: 'Clear' }).click();

  await field.fill('abbeys');
  await page.keyboard.press('Enter');
  await expect(message).toHaveText(/^No exact match for “abbeys”\. Showing results for “church”\./);
  await page.getByRole('button', { name: 'Clear' }).click();
  await field.fill('qwertz');
  await page.keyboard.press('Enter');
  await expect(message).toContainText('Akin doesn’t know “qwertz”. Try another word.');
});

test('a picture from outside is searched with, marked, mixed with filters, and never stored', async ({
  akin,
  page,
}) => {
  const samples = await sampleFiles(4);
  const [outside, ...others] = [await sampleFiles(5).then((files) => files[4]!), ...samples];
  const field = page.getByRole('combobox', { name: 'Search photos, people, dates' });
  const bar = page.getByTestId('query-bar');
  const terms = page.getByTestId('term');
  await akin.open();
  await akin.bringIn(others);
  const before = await dumpAtRest(page);

  // Dropped on the bar: the bar says that the picture won't be saved.
  const { x, y, width, height } = (await bar.boundingBox())!;
  const drag = await dragOf(page, { files: [resolve(outside!)] });
  await drag.enter(x + width / 2, y + height / 2);
  await expect(bar).toContainText('It won’t be saved.');
  await drag.over(x + width / 2, y + height / 2);
  await drag.drop(x + width / 2, y + height / 2);
  await expect(terms).toHaveText(['Picture']);
  await expect(page.getByTestId('not-saved')).toContainText('won’t be saved');
  await akin.includeLessSimilar();

  // Chosen, and pasted into the field.
  await page.getByTestId('query-input').setInputFiles(resolve(samples[0]!));
  await expect(terms).toHaveText(['Picture', 'Picture']);
  const pasted = readFileSync(samples[1]!).toString('base64');
  await field.focus();
  await field.evaluate((input, base64) => {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'image.jpg', { type: 'image/jpeg' }));
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, pasted);
  await expect(terms).toHaveText(['Picture', 'Picture', 'Picture']);
  await expectNoViolation(page, 'search results');

  // Less like one of them, and a filter.
  await terms.nth(2).press('-');
  await expect(terms.nth(2)).toHaveAccessibleName('Picture: Less like this');
  await akin.includeLessSimilar();
  const marked = await akin.results().first().getAttribute('data-photo-id');
  await akin.results().first().hover();
  await page.getByRole('button', { name: 'More like this photo' }).first().click();
  await expect(terms).toHaveText(['Picture', 'Picture', '−Picture', 'Photo']);
  await expect(page.locator(`[data-testid=result-tile][data-photo-id="${marked}"]`)).toHaveCount(0);
  await field.fill('portrai');
  await page.getByRole('option', { name: 'Portrait', exact: true }).click();
  await expect(terms.last()).toHaveText('Portrait');
  await terms.last().click();
  await page.getByRole('menuitemradio', { name: 'Without this' }).click();
  await expect(terms.last()).toHaveAccessibleName('Portrait: Without this');

  await akin.includeLessSimilar();
  await page.getByRole('button', { name: 'Export list' }).click();
  const [list] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Spreadsheet (CSV)' }).click(),
  ]);
  expect(readFileSync(await list.path(), 'utf8')).toContain('name,folder,one_in');

  // Nothing was stored, and after a reload, the pictures are gone.
  expect(await dumpAtRest(page)).toEqual(before);
  await page.reload();
  await akin.ready();
  await expect(terms).toHaveCount(5);
  await terms.first().click();
  await expect(page.locator('.term-note')).toContainText('Akin doesn’t save pictures');
  await expect(page.getByTestId('query-message')).toContainText('Akin doesn’t save pictures');
  await page.keyboard.press('Escape');

  // Unless the user adds it.
  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByTestId('query-input').setInputFiles(resolve(outside!));
  await page.getByRole('button', { name: 'Add to library' }).click();
  await expect.poll(async () => (await akin.stats()).photos).toBe(others.length + 1);

  // Several selected photos, and the photo in the viewer, are searched with, too.
  await page.getByRole('link', { name: 'Photos' }).first().click();
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  for (const place of [0, 1]) await akin.tiles().nth(place).click();
  await page.getByRole('button', { name: 'Find similar' }).click();
  await expect(terms).toHaveText(['Photo', 'Photo']);
  await akin.includeLessSimilar();
  // Two results are compared: what is done to one is done to both.
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  for (const place of [0, 1]) await akin.results().nth(place).click();
  await page.getByRole('button', { name: 'Compare' }).click();
  const pictures = page.locator('.compare-picture');
  await expect(pictures).toHaveCount(2);
  await expectNoViolation(page, 'comparing photos');
  const shown = () =>
    pictures.evaluateAll((all) => [
      ...new Set(all.map((each) => getComputedStyle(each).transform)),
    ]);
  await page.keyboard.press('+');
  await expect(page.getByRole('button', { name: '1.5×' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await shown()).length).toBe(1);
  const { x: left, y: top } = (await page.locator('.compare-frame').last().boundingBox())!;
  await page.mouse.move(left + 50, top + 50);
  await page.mouse.wheel(0, -240);
  await expect(page.getByRole('button', { name: '1.5×' })).toHaveCount(0);
  await page.keyboard.press('Escape');

  // In the viewer, the terms are there, and can be changed.
  await akin.includeLessSimilar();
  await akin.results().first().click();
  await expect(page).toHaveURL(/photo=\d+/);
  await expect(terms).toHaveText(['Photo', 'Photo']);
  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  await page.keyboard.type('blue');
  await page.getByRole('option', { name: 'Blue', exact: true }).click();
  await expect(page).toHaveURL(/view=search/);
  await expect(terms).toHaveText(['Photo', 'Photo', 'Blue']);
  await akin.includeLessSimilar();
  await akin.results().first().click();
  await page.getByRole('button', { name: 'Search with this photo' }).click();
  await expect(terms).toHaveText(['Photo']);
});

test('photos are found by their colors, which earlier ones get in the background', async ({
  akin,
  page,
}) => {
  const paint = async (name: string, ...stripes: readonly string[]) => {
    const width = 240 / stripes.length;
    const layers = await Promise.all(
      stripes.map(async (background, i) => ({
        input: await sharp({ create: { width, height: 160, channels: 3, background } })
          .png()
          .toBuffer(),
        left: i * width,
        top: 0,
      })),
    );
    const path = join(scratch(), `${name}.png`);
    const blank = { width: 240, height: 160, channels: 3 as const, background: '#fff' };
    await sharp({ create: blank }).composite(layers).toFile(path);
    return path;
  };
  const [RED, BLUE, GREEN] = ['#c41f1f', '#2058c0', '#2c9a40'];
  await akin.open();
  await akin.bringIn([
    await paint('red', RED!),
    await paint('blue', BLUE!),
    await paint('both', RED!, BLUE!),
    await paint('green', GREEN!),
  ]);
  const ids: Record<string, string> = {};
  for (const name of ['red', 'blue', 'both', 'green']) ids[name] = String(await akin.idNamed(name));
  const found = () =>
    akin.results().evaluateAll((all) => all.map((each) => each.getAttribute('data-photo-id')));

  // As after an update: no photo has colors yet.
  await page.evaluate(async () => {
    const request = indexedDB.open('akin');
    await new Promise((resolve) => {
      request.onsuccess = resolve;
    });
    const tx = request.result.transaction(['meta', 'ledger', 'colors'], 'readwrite');
    tx.objectStore('meta').delete('ledger.complete');
    tx.objectStore('ledger').clear();
    tx.objectStore('colors').clear();
    await new Promise((resolve) => {
      tx.oncomplete = resolve;
    });
    request.result.close();
  });
  await page.reload();
  await akin.ready();
  const unsearched = () =>
    page.evaluate(async () => {
      const answer = await window.akin!.query({ terms: [{ color: '#c41f1f' }] });
      return answer.ranked ? answer.unsearched : null;
    });
  await expect.poll(unsearched).toBe(0);

  // With the keyboard alone.
  const palette = page.getByRole('button', { name: 'Search by color' });
  const terms = page.getByTestId('term');
  await palette.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(terms).toHaveText(['Red']);
  await expect.poll(found).toEqual([ids.red, ids.both]);
  await palette.click();
  await expect(page.getByRole('menuitemcheckbox', { name: 'Red' })).toBeChecked();
  await page.getByRole('menuitemcheckbox', { name: 'Blue' }).click();
  await expect(terms).toHaveText(['Red, Blue']);
  await expect.poll(async () => (await found())[0]).toBe(ids.both);
  await page.getByRole('menuitemcheckbox', { name: 'Pink' }).click();
  await expect(page.getByRole('menuitemcheckbox', { name: 'Green' })).toBeDisabled();
  await expectNoViolation(page, 'the palette');
  await page.keyboard.press('Escape');
  await terms.first().press('-');
  await expect(terms.first()).toHaveAccessibleName('Red, Blue, Pink: Less of this');
  await expect.poll(async () => (await found())[0]).toBe(ids.green);
  await page.getByRole('button', { name: 'Clear' }).click();

  // Typed, with its suggestion.
  await page.getByRole('combobox').fill('gree');
  await page.getByRole('option', { name: 'Green', exact: true }).click();
  await expect.poll(found).toEqual([ids.green]);

  // The colors of a photo count as much as its slider says.
  await page.getByRole('link', { name: 'Photos' }).first().click();
  await page.locator(`[data-photo-id="${ids.red}"]`).first().click();
  await page.getByRole('button', { name: 'Search with this photo' }).click();
  await terms.first().click();
  await page.getByRole('menuitem', { name: 'Colors…' }).click();
  const slider = page.getByRole('slider', { name: 'What counts' });
  await expect(slider).toHaveValue('0.1');
  await slider.press('End');
  await expect(slider).toHaveAttribute('aria-valuetext', 'Colors count 60%');
  await expect.poll(async () => (await found())[0]).toBe(ids.both);
  await expectNoViolation(page, 'the slider of colors');
  await page.keyboard.press('Escape');
  await page.reload();
  await terms.first().click();
  await page.getByRole('menuitem', { name: 'Colors…' }).click();
  await expect(slider).toHaveValue('0.6');

  const refused = (terms: unknown) =>
    page.evaluate(
      (each) => window.akin!.query({ terms: each as never }).catch(({ code }) => code as string),
      terms,
    );
  expect(await refused([{ color: '#1000000' }])).toBe('invalid-argument');
  expect(await refused([{ color: [1, 2, 3, 4].map(() => ({ color: '#fff000' })) }])).toBe(
    'invalid-argument',
  );
});

test('a part of a photo is selected by pointer and keys, searched with, and edited', async ({
  akin,
  page,
}) => {
  const { scene, church, others } = await sceneFiles();
  const area = page.getByTestId('area');
  const terms = page.getByTestId('term');
  await akin.open();
  await akin.bringIn([church, ...others, scene]);
  const id = await akin.idNamed('Scene');
  await akin.open(`/?photo=${id}`);
  await expect(page.locator('.stage-original[data-shown]')).toBeVisible();

  // Escape leaves the selection, not the photo; arrow keys move the area.
  await page.keyboard.press('r');
  await expect(area).toBeFocused();
  await expectNoViolation(page, 'selecting an area');
  const left = async () => Number.parseFloat(await area.evaluate((box) => box.style.left));
  await page.keyboard.press('ArrowLeft');
  await expect.poll(left).toBeCloseTo(24);
  await page.keyboard.press('Escape');
  await expect(area).toHaveCount(0);
  await expect(page).toHaveURL(new RegExp(`photo=${id}`));

  // Parts that tell most are offered until an area is the user's own.
  await page.keyboard.press('r');
  const offers = page.getByRole('button', { name: /^Select part \d of 4$/ });
  await expect(offers).toHaveCount(4);
  await offers.last().focus();
  await page.keyboard.press('Enter');
  await expect(offers).toHaveCount(0);
  await expect(area).toBeFocused();
  await expect.poll(left).toBeCloseTo(50, 0);
  await page.keyboard.press('Escape');

  // Drawn anew over the inset; zooming doesn't change what is selected.
  await page.locator('.stage').hover();
  await page.getByRole('button', { name: 'Select area' }).click();
  const photo = (await page.locator('.stage-picture').boundingBox())!;
  const at = (x: number, y: number) =>
    [photo.x + x * photo.width, photo.y + y * photo.height] as const;
  await page.mouse.move(...at(0.96, 0.52));
  await page.mouse.down();
  await page.mouse.move(...at(0.8, 0.7));
  await page.mouse.move(...at(0.52, 0.96));
  await page.mouse.up();
  const style = await area.getAttribute('style');
  await page.keyboard.press('+');
  await expect(page.locator('.stage')).toHaveAttribute('data-zoomed');
  await expect(area).toHaveAttribute('style', style!);
  await expect(area).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(terms).toHaveText(['Part of a photo']);
  await expect(akin.results().first()).toHaveAttribute(
    'data-photo-id',
    String(await akin.idNamed('Church')),
  );

  // Editing starts with the area, and changes the term instead of adding one.
  await terms.first().click();
  await page.getByRole('menuitem', { name: 'Edit area' }).click();
  await expect(area).toHaveAttribute('style', style!);
  await page.keyboard.press('Shift+ArrowLeft');
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(terms).toHaveText(['Part of a photo']);
  // After a reload, the term is still there.
  await page.reload();
  await expect(akin.results()).not.toHaveCount(0);
  await expect(terms).toHaveText(['Part of a photo']);

  // The other way around, the scene is found by its part, which is outlined there and in the viewer.
  const church1 = await akin.idNamed('Church');
  await akin.open(`/?photo=${church1}`);
  await page.getByRole('button', { name: 'Search with this photo' }).click();
  await page.getByRole('button', { name: 'Show more' }).click();
  const found = page.locator(`[data-testid=result-tile][data-photo-id="${id}"]`);
  await expect(found.getByTestId('match')).toHaveAttribute('style', /left: 50%; top: 50%/);
  await found.click();
  await expect(page.locator('.stage').getByTestId('match')).toHaveAttribute('style', /left: 50%/);

  // The same through the API, with what can't be searched.
  const answers = await page.evaluate(async (photo) => {
    const { query, remove } = window.akin!;
    const box = { x: 0.5, y: 0.5, width: 0.5, height: 0.5 };
    const ask = (region: { photo: number; box: typeof box }) =>
      query({ terms: [{ region }] }).then(
        ({ terms }) => terms[0]!.state,
        ({ code }) => code as string,
      );
    const states = [
      await ask({ photo, box }),
      await ask({ photo, box: { ...box, width: 0 } }),
      await ask({ photo, box: { ...box, x: 0.7 } }),
      await ask({ photo: 999, box }),
    ];
    await remove([photo]);
    return [...states, await ask({ photo, box })];
  }, id);
  expect(answers).toEqual(['used', 'invalid-argument', 'invalid-argument', 'gone', 'gone']);
});

test.describe(() => {
  test.use({ profile: facesFound });

  test('before typing, recent and saved searches, people and colors are offered, until they are erased', async ({
    akin,
    page,
  }) => {
    const field = page.getByRole('combobox', { name: 'Search photos, people, dates' });
    const terms = page.getByTestId('term');
    const recent = page.getByTestId('recent-search');
    const starters = page.getByTestId('starters');
    await akin.open();
    await page.evaluate(async () => {
      const { faces } = window.akin!;
      const { groups } = await faces.people();
      await faces.apply({ kind: 'name', person: groups[0]!.key, name: 'Ana' });
    });

    // With the keyboard alone: the face, then a color beside it.
    await page.keyboard.press('/');
    await expect(starters).toBeVisible();
    await expectNoViolation(page, 'what can be searched for before typing');
    await expect(recent).toHaveCount(0);
    await page.keyboard.press('ArrowDown');
    await expect(starters.getByRole('button', { name: 'Ana' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(terms).toHaveText(['Ana']);
    await expect(starters).toHaveCount(0);
    await field.click();
    await starters.getByRole('button', { name: 'Blue' }).click();
    await expect(terms).toHaveText(['Ana', 'Blue']);

    // A search that was refined is one recent search; one with a picture from outside is none.
    await page.getByRole('button', { name: 'Save search' }).click();
    await page.getByRole('textbox', { name: 'Name of the search' }).fill('Ana in blue');
    await page.keyboard.press('Enter');
    await expect(page.getByText('Saved “Ana in blue”')).toBeVisible();
    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByTestId('query-input').setInputFiles(resolve((await sampleFiles(1))[0]!));
    await expect(terms).toHaveText(['Picture']);
    await terms.first().click();
    await page.getByRole('menuitem', { name: 'Search its colors' }).click();
    await expect(terms).toHaveCount(2);
    await terms.first().press('Delete');
    await expect(terms).toHaveCount(1);
    await page.reload();
    await field.click();
    await expect(recent).toHaveCount(2);
    await expect(recent.last()).toHaveText('Ana, Blue');
    await expectNoViolation(page, 'recent and saved searches');

    // Removed one by one, and all at once with undo.
    await recent
      .last()
      .getByRole('button', { name: /^Remove “Ana, Blue”/ })
      .click();
    await expect(recent).toHaveCount(1);
    await starters.getByRole('button', { name: 'Clear recent searches' }).click();
    await expect(recent).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await field.click();
    await expect(recent).toHaveCount(1);
    await page.getByRole('button', { name: 'Actions for “Ana in blue”' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name of the search' }).fill('Blue Ana');
    await page.keyboard.press('Enter');
    await page
      .getByTestId('saved-search')
      .getByRole('button', { name: 'Blue Ana' })
      .first()
      .click();
    await expect(terms).toHaveText(['Ana', 'Blue']);

    // Without face data, neither names nor faces are left; without anything, nothing is.
    await page.evaluate(() => window.akin!.faces.erase());
    const stored = () =>
      page.evaluate(async () => JSON.stringify(await window.akin!.queries.list()));
    expect(await stored()).not.toContain('"Ana"');
    await page.evaluate(() => window.akin!.clear());
    expect(await stored()).toBe('[]');
  });
});
