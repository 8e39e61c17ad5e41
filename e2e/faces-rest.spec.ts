import type { Page } from '@playwright/test';
import { AkinPage, expect, test } from './fixtures/akin.ts';
import { dump } from './fixtures/database.ts';
import { anotherPhoto, groupPhoto, twinPhoto } from './fixtures/facePictures.ts';
import { everybody, expectNoTrace, lookedThrough, named, report } from './fixtures/faces.ts';
import { facesFound } from './fixtures/libraries.ts';
import { sampleFiles } from './fixtures/pictures.ts';

const takes = async (number: number) => [
  groupPhoto(number),
  await anotherPhoto(number, 1),
  await anotherPhoto(number, 2),
];

/** Waits until at least `least` photos have been scanned, but not all. */
const underWay = (page: Page, least: number) =>
  page.waitForFunction(
    (count) => {
      const now = window.akin!.faces.work.get();
      return now.state === 'scanning' && now.done >= count && now.done < now.total;
    },
    least,
    { polling: 20 },
  );

/**
 * The person of every face, by photo and box: the name, or for an unnamed group its first face.
 *
 * @param only the photos to include; all by default
 */
async function whoIsWho(page: Page, only?: readonly number[]): Promise<Record<string, string>> {
  return page.evaluate(async (asked) => {
    const { faces, list } = window.akin!;
    const photos = asked ?? (await list.call(window.akin)).map(({ id }) => id);
    const who: Record<string, string> = {};
    const firstOf = new Map<string, string>();
    for (const id of [...photos].sort((a, b) => a - b)) {
      for (const { box, person } of await faces.ofPhoto(id)) {
        const place = `${id}: ${[box.x, box.y, box.width, box.height].map((side) => side.toFixed(4))}`;
        const key = person?.key ?? place;
        if (!firstOf.has(key)) firstOf.set(key, place);
        who[place] = person?.name || `with ${firstOf.get(key)}`;
      }
    }
    return who;
  }, only);
}

const nameGroup = (page: Page, key: string, name: string) =>
  page.evaluate(
    ([who, called]) => window.akin!.faces.apply({ kind: 'name', person: who, name: called }),
    [key, name] as const,
  );

test('a face scan can be paused and resumed, and face data erased during a scan stays erased', async ({
  akin,
  page,
}) => {
  const others = await sampleFiles(20);
  const photos = [...[1, 2, 3, 4].map(groupPhoto), ...others.splice(0, 4)];
  await akin.open();
  await akin.bringIn(photos);

  const settings = page.getByRole('dialog', { name: 'Settings' });
  const work = settings.getByTestId('faces-work').getByRole('button');
  await page.getByRole('button', { name: 'Settings' }).click();
  await settings.getByRole('tab', { name: 'People' }).click();
  await settings.getByRole('button', { name: 'Turn on face recognition' }).click();
  await underWay(page, 1);
  await work.click();
  await expect(work).toHaveText('Resume');
  const { scanned } = await report(page);
  expect(scanned).toBeGreaterThan(0);
  expect(scanned).toBeLessThan(photos.length);

  // It stays paused after a reload.
  await page.reload();
  await akin.ready();
  await page.getByRole('button', { name: 'Settings' }).click();
  await settings.getByRole('tab', { name: 'People' }).click();
  await expect(work).toHaveText('Resume');
  expect(await report(page)).toMatchObject({ on: true, scanned, photos: photos.length });
  await work.click();
  await expect(settings.getByTestId('faces-figures')).toContainText(
    `${photos.length} of ${photos.length} photos scanned`,
  );
  await page.keyboard.press('Escape');

  // Erase during another scan, with a person named.
  const { faces } = await report(page);
  expect(faces).toBeGreaterThan(8);
  await page.evaluate(() => window.akin!.faces.erase());
  await expectNoTrace(page, []);
  await page.evaluate(() => window.akin!.faces.turnOn());
  await underWay(page, 1);
  await expect.poll(async () => (await report(page)).faces, { intervals: [20] }).toBeGreaterThan(0);
  await page.evaluate(async () => {
    const { unassigned, groups } = await window.akin!.faces.people();
    if (unassigned === 0 && groups.length === 0) throw new Error('No faces were found.');
    for (const { id } of await window.akin!.list()) {
      const [face] = await window.akin!.faces.ofPhoto(id);
      if (!face) continue;
      await window.akin!.faces.apply({ kind: 'name-face', face: face.id, name: 'Zenobia' });
      break;
    }
    if (window.akin!.faces.work.get().state !== 'scanning')
      throw new Error('The scan has already finished.');
    await window.akin!.faces.erase();
  });
  await expectNoTrace(page, ['Zenobia']);
  await page.reload();
  await akin.ready();
  await expectNoTrace(page, ['Zenobia']);

  // Erase again during an import.
  await page.evaluate(() => window.akin!.faces.turnOn());
  const more = [2, 3, 4].map((number) => anotherPhoto(number, 1));
  await akin.choose([...(await Promise.all(more)), ...others]);
  await page.waitForFunction(
    () => {
      const progress = window.akin!.progress.get();
      return 'imported' in progress && progress.state === 'running' && progress.imported > 0;
    },
    undefined,
    { polling: 20 },
  );
  await page.evaluate(async () => {
    await window.akin!.faces.erase();
    if (window.akin!.progress.get().state !== 'running')
      throw new Error('The import has already finished.');
  });
  await akin.ready();
  await akin.expectPhotos(photos.length + more.length + others.length);
  await expectNoTrace(page, []);
  await page.reload();
  await akin.ready();
  await expectNoTrace(page, []);
});

test.describe(() => {
  test.use({ profile: facesFound });

  test('a face can be added and named, and changes in one tab show in the other', async ({
    akin,
    page,
    context,
  }) => {
    const [plain] = await sampleFiles(1);
    await akin.open();
    await akin.bringIn([plain!, await twinPhoto(1)]);
    await lookedThrough(page);
    const photos = (await akin.list()).map(({ id }) => id).sort((a, b) => a - b);
    const [second, , , first, twins] = photos;
    const other = new AkinPage(await context.newPage());
    await other.open('/?view=people');
    const groups = other.page.getByRole('region', { name: 'Unnamed people' }).getByRole('link');
    await expect(groups.first()).toBeVisible();

    await akin.open(`/?photo=${first}`);
    await page.getByRole('button', { name: 'Show faces' }).click();
    await expect(page.getByText('No faces found')).toBeVisible();
    await page.getByRole('button', { name: 'Add face' }).click();
    const stage = (await page.locator('.draw-layer').boundingBox())!;
    const at = (x: number, y: number) =>
      [stage.x + x * stage.width, stage.y + y * stage.height] as const;
    await page.mouse.move(...at(0.3, 0.25));
    await page.mouse.down();
    await page.mouse.move(...at(0.5, 0.4));
    await page.mouse.move(...at(0.6, 0.75));
    await page.mouse.up();
    await page.getByRole('button', { name: 'Add face' }).click();
    await page.getByRole('combobox', { name: 'Name' }).fill('Rex');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByTestId('verdict')).toContainText('Rex');
    await expect(page.getByText('Added by you')).toBeVisible();
    await expect(other.page.getByTestId('person-chip').filter({ hasText: 'Rex' })).toBeVisible();

    await page.reload();
    await akin.ready();
    await expect(page.getByRole('button', { name: 'Rex', exact: true })).toBeVisible();
    const [drawn, ...rest] = await page.evaluate((id) => window.akin!.faces.ofPhoto(id!), first);
    expect(rest).toEqual([]);
    expect(drawn).toMatchObject({
      manual: true,
      confirmed: true,
      person: { name: 'Rex', faces: 1 },
    });
    for (const [side, share] of Object.entries({ x: 0.3, y: 0.25, width: 0.3, height: 0.5 })) {
      expect(drawn!.box[side as 'x']).toBeCloseTo(share, 1);
    }

    // The reverse: a photo is open in the first tab, and the second names a person in it.
    await akin.open(`/?photo=${second}`);
    await expect(page.getByTestId('face-box').first()).toBeVisible();
    await groups.first().click();
    // Existing names are suggested regardless of accents, but can be ignored.
    const whoIsThis = other.page.getByRole('combobox', { name: 'Add name' });
    await whoIsThis.pressSequentially('réx');
    const offered = other.page.getByRole('option', { name: 'Rex' });
    await expect(offered).toBeVisible();
    await whoIsThis.fill('Ana');
    await expect(offered).toHaveCount(0);
    await other.page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('button', { name: 'Ana', exact: true })).toBeVisible();
    expect(await whoIsWho(page)).toEqual(await whoIsWho(other.page));

    // Of twins in one photo, only one becomes Ana. For the other, Ana is suggested, not assigned.
    const answers = await page.evaluate(async (id) => {
      const { ofPhoto, identify } = window.akin!.faces;
      const faces = await ofPhoto(id!);
      const isAna = faces.map(({ person }) => person?.name === 'Ana');
      const others = faces.filter((_, i) => !isAna[i]);
      const asked = await Promise.all(others.map((face) => identify(face.id)));
      return { anas: isAna.filter(Boolean).length, asked };
    }, twins);
    expect(answers.anas).toBe(1);
    expect(answers.asked.length).toBeGreaterThanOrEqual(4);
    const ranked = answers.asked.flatMap((answer) => answer.ranked);
    expect(ranked).toContainEqual(
      expect.objectContaining({ inPhoto: true, person: expect.objectContaining({ name: 'Ana' }) }),
    );
  });

  test('a wrong merge can be undone in People history, and importing the history restores names', async ({
    akin,
    page,
  }) => {
    await akin.open();
    await akin.bringIn(await takes(2));
    await lookedThrough(page);
    const old = (await akin.list()).map(({ id }) => id);
    const { groups } = await everybody(page);
    await nameGroup(page, groups[0]!.key, 'Ana');
    await nameGroup(page, groups[1]!.key, 'Eva');
    const before = await whoIsWho(page);

    const chip = (name: string) => page.getByTestId('person-chip').filter({ hasText: name });
    const people = async () => {
      await akin.open('/?view=people');
      await expect(chip('Ana')).toBeVisible();
    };
    await people();
    await chip('Eva').click();
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Merge with…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: /^Ana/ }).click();
    const question = page.getByRole('alertdialog');
    await expect(question).toContainText(/^Merge \d photos? into Ana\?/);
    expect((await named(page, 'Ana')).faces).toBe(groups[0]!.faces);
    await question.getByRole('button', { name: 'Merge' }).click();
    await expect(page.getByTestId('person-name')).toContainText('Ana');
    expect((await named(page, 'Ana')).faces).toBe(groups[0]!.faces + groups[1]!.faces);

    // Import enough faces to trigger a full reclustering, including the merged people.
    const clusters = async () =>
      (await dump(page)).meta!.find((row) => row.startsWith('"faces.clusters"'));
    const gathered = await clusters();
    await akin.bringIn([3, 4, 5, 6].map(groupPhoto));
    await lookedThrough(page);
    await expect.poll(clusters).not.toBe(gathered);
    expect(await whoIsWho(page, old)).not.toEqual(before);

    await people();
    await page.getByRole('button', { name: 'People history' }).click();
    const log = page.getByRole('dialog', { name: 'People history' });
    await log.getByRole('button', { name: /^Undo: Merged two people/ }).click();
    await expect(log.getByRole('button', { name: /^Redo: Merged two people/ })).toBeVisible();
    await expect.poll(() => whoIsWho(page, old)).toEqual(before);

    // Export the history, erase all face data, and import it again.
    const saving = page.waitForEvent('download');
    await log.getByRole('button', { name: 'Export' }).click();
    const file = await (await saving).path();
    const names = Object.entries(await whoIsWho(page)).filter(([, who]) => /^(Ana|Eva)$/.test(who));
    expect(names.length).toBe(groups[0]!.faces + groups[1]!.faces);
    await page.evaluate(() => window.akin!.faces.erase());
    await page.evaluate(() => window.akin!.faces.turnOn());
    await lookedThrough(page);
    expect((await everybody(page)).people).toEqual([]);
    // The face models, deleted with the data, are cached again for offline use.
    expect(await page.evaluate(() => caches.keys())).toContain('akin-face-nets');
    await akin.open('/?view=people');
    await page.getByRole('button', { name: 'People history' }).click();
    await expect(log.getByText('No changes yet')).toBeVisible();
    await log.getByTestId('people-log-input').setInputFiles(file);
    await expect(page.getByText('4 changes imported')).toBeVisible();
    await expect(log.getByTestId('log-entry')).toHaveCount(3);
    expect(await whoIsWho(page)).toMatchObject(Object.fromEntries(names));
    expect((await everybody(page)).people.map(({ name }) => name)).toEqual(['Ana', 'Eva']);
  });
});
