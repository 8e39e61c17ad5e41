import type { Page } from '@playwright/test';
import { LAB_CHAPTERS } from '../../src/ui/pure/route.ts';
import type { Translate } from '../../src/ui/text/t.ts';
import type { Subjects } from './library.ts';

/** A screen in one of its states. */
export interface Stop {
  readonly name: string;
  /** Its path; the photos by default. */
  readonly path?: string;
  /** Brings the screen into the state; `t` translates keys. */
  readonly show?: (page: Page, t: Translate) => Promise<void>;
  /** Reverts what `show` did to the library. */
  readonly after?: (page: Page) => Promise<void>;
  /** Whether it can be shown only once: the viewport is resized instead. */
  readonly once?: boolean;
}

const button = (page: Page, name: string) =>
  page.getByRole('button', { name, exact: true }).first();
const press = (page: Page, name: string) => button(page, name).click();
const tile = (page: Page, place: number) => page.getByTestId('photo-tile').nth(place);
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });

/** Screens of an empty library, which stays empty. */
export const stopsWithoutPhotos: readonly Stop[] = [
  { name: 'welcome', show: (page, t) => button(page, t('import.chooseFiles')).waitFor() },
  { name: 'trash-empty', path: '/?view=trash' },
  { name: 'people-empty', path: '/?view=people' },
  { name: 'map-empty', path: '/?view=map' },
  {
    name: 'importing-first',
    once: true,
    show: async (page, t) => {
      await press(page, t('welcome.trySamples'));
      await page.waitForFunction(() => {
        const progress = window.akin!.progress.get();
        return 'done' in progress && progress.done >= 8;
      });
      await page.evaluate(() => window.akin!.pause());
      await tile(page, 0).waitFor();
    },
    after: async (page) => {
      await page.evaluate(() => window.akin!.cancel());
      await page.evaluate(() => window.akin!.clear());
    },
  },
];

/** Screens of a library with photos. */
export function stopsOfLibrary(subjects: Subjects): readonly Stop[] {
  const photo = `/?photo=${subjects.photo}`;
  const faces = `/?photo=${subjects.faces}`;
  return [
    { name: 'photos', show: (page) => tile(page, 0).waitFor() },
    {
      name: 'photos-import-menu',
      show: async (page, t) => {
        await press(page, t('import.title'));
        await page.getByRole('menu').waitFor();
      },
    },
    {
      name: 'photos-selected',
      show: async (page, t) => {
        await press(page, t('gallery.select'));
        await tile(page, 1).click();
        await tile(page, 2).click();
      },
    },
    {
      name: 'photos-dropping',
      show: async (page) => {
        await page.evaluate(() => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File(['x'], 'x.png'));
          // Fires continuously while a drag hovers there.
          setInterval(() => {
            document.body.dispatchEvent(new DragEvent('dragover', { bubbles: true, dataTransfer }));
          }, 100);
        });
        await page.getByTestId('drop-overlay').waitFor();
      },
    },
    {
      name: 'problems',
      show: async (page, t) => {
        await press(page, t('import.notImported', { count: subjects.failures }));
        await page.getByTestId('problem').first().waitFor();
      },
    },
    {
      name: 'shortcuts',
      show: async (page, t) => {
        await tile(page, 0).waitFor();
        await page.keyboard.press('?');
        await dialog(page, t('shortcuts.title')).waitFor();
      },
    },
    { name: 'photo', path: photo, show: result },
    {
      name: 'photo-help',
      path: photo,
      show: async (page, t) => {
        await result(page);
        await press(page, t('similar.helpLabel'));
        await page.getByText(t('similar.helpNote')).waitFor();
      },
    },
    {
      name: 'photo-less-similar',
      path: photo,
      show: async (page, t) => {
        await result(page);
        await press(page, t('common.showMore'));
        await page.getByTestId('result-group').last().scrollIntoViewIfNeeded();
      },
    },
    {
      name: 'photo-zoomed',
      path: photo,
      show: async (page, t) => {
        await result(page);
        await page.locator('.stage-original[data-shown]').waitFor();
        await button(page, t('viewer.zoomIn')).click({ force: true });
      },
    },
    {
      name: 'photo-of-search',
      path: '/?view=search',
      show: async (page) => {
        await page.getByRole('combobox').fill('car');
        await page.keyboard.press('Enter');
        await result(page);
        await page.getByTestId('result-tile').first().click();
        await page.locator('.stage-original[data-shown]').waitFor();
        await result(page);
      },
    },
    {
      name: 'photo-area',
      path: photo,
      show: async (page) => {
        await page.locator('.stage-original[data-shown]').waitFor();
        await page.keyboard.press('r');
        await page.getByTestId('area').waitFor();
      },
    },
    {
      name: 'photo-why',
      path: photo,
      show: async (page) => {
        await result(page);
        await page.getByTestId('result-tile').first().click();
        await page.locator('.stage-original[data-shown]').waitFor();
        await page.keyboard.press('w');
        await page.getByTestId('why-heat').last().waitFor();
      },
    },
    {
      name: 'photo-item',
      path: photo,
      show: async (page, t) => {
        await press(page, t('items.ask'));
        await page.getByTestId('item-verdict').waitFor();
      },
    },
    {
      name: 'photo-deleted-next',
      path: photo,
      once: true,
      show: async (page, t) => {
        await result(page);
        await press(page, t('trash.move'));
        await button(page, t('common.undo')).waitFor();
      },
      after: async (page) => {
        await page.evaluate((id) => window.akin!.restore([id]), subjects.photo);
      },
    },
    { name: 'photo-panorama', path: `/?photo=${subjects.panorama}`, show: result },
    {
      name: 'photo-faces',
      path: faces,
      show: async (page) => {
        await page.getByTestId('face-box').first().waitFor({ state: 'attached' });
        await page.keyboard.press('f');
      },
    },
    {
      name: 'photo-face',
      path: `${faces}&face=${subjects.face}`,
      show: (page) => page.getByTestId('verdict').first().waitFor(),
    },
    { name: 'photo-in-trash', path: `/?photo=${subjects.trashed}` },
    { name: 'photo-missing', path: '/?photo=4294967295' },
    { name: 'map', path: '/?view=map', show: laidOut },
    {
      name: 'map-selected',
      path: '/?view=map',
      show: async (page, t) => {
        await laidOut(page);
        await page.keyboard.press('Control+a');
        await page.getByTestId('map-drawer').waitFor();
        await press(page, t('map.tool.lasso'));
      },
    },
    ...LAB_CHAPTERS.map((chapter) => ({
      name: `lab-${chapter}`,
      path: `/?lab=${chapter}&step=3`,
      show: (page: Page) =>
        page.locator('.lab-chapter[aria-busy="false"]').waitFor({ timeout: 60_000 }),
    })),
    {
      name: 'map-clusters',
      path: '/?view=map',
      show: async (page, t) => {
        await laidOut(page);
        await press(page, t('map.more'));
        await page.getByRole('menuitem', { name: t('map.listClusters') }).click();
        await page.getByTestId('clusters').waitFor();
      },
    },
    { name: 'trash', path: '/?view=trash', show: (page) => tile(page, 0).waitFor() },
    {
      name: 'trash-question',
      path: '/?view=trash',
      show: async (page, t) => {
        await press(page, t('trash.empty'));
        await page.getByRole('alertdialog').waitFor();
      },
    },
    { name: 'search-empty', path: '/?view=search' },
    {
      name: 'search-starters',
      path: '/?view=search',
      show: async (page, t) => {
        await page.evaluate(async (ana) => {
          const { queries } = window.akin!;
          if ((await queries.list()).length > 0) return;
          const word = (text: string) => ({ kind: 'word', text, mark: 'more' }) as const;
          await queries.save('Red things', [
            { kind: 'color', colors: ['#cc2222'], mark: 'more' },
            word('car'),
          ]);
          await queries.remember([word('church'), { ...word('tree'), mark: 'less' }]);
          await queries.remember([{ kind: 'photo', id: ana, mark: 'more' }]);
          await queries.remember([{ kind: 'color', colors: ['#1f5cc4', '#ffffff'], mark: 'more' }]);
        }, subjects.photo);
        await page.getByRole('combobox').click();
        await page.getByTestId('recent-search').first().waitFor();
        await page.getByRole('button', { name: 'Ana' }).waitFor();
        await page.getByText(t('query.recent')).waitFor();
      },
    },
    {
      name: 'search-suggestions',
      path: '/?view=search',
      show: async (page) => {
        await page.getByRole('combobox').pressSequentially('car');
        await page.getByRole('option').first().waitFor();
      },
    },
    {
      name: 'search-colors',
      path: '/?view=search',
      show: async (page, t) => {
        for (const color of ['blue', 'green'] as const) {
          await press(page, t('query.withColors'));
          await page.getByRole('menuitemcheckbox', { name: t(`query.color.${color}`) }).click();
          await page.keyboard.press('Escape');
        }
        await press(page, t('query.withColors'));
        await page.getByTestId('palette').waitFor();
      },
    },
    {
      name: 'search',
      path: '/?view=search',
      show: async (page) => {
        await page.getByRole('combobox').fill('church');
        await page.keyboard.press('Enter');
        await page.getByTestId('query-message').filter({ hasText: /\w/ }).waitFor();
      },
    },
    {
      name: 'search-by-item',
      path: photo,
      show: async (page, t) => {
        await press(page, t('query.withPhoto'));
        await press(page, t('query.groupedBy', { group: t('query.by.photo') }));
        await page.getByRole('menuitemradio', { name: t('query.by.item') }).click();
        await page.getByTestId('group-tile').first().waitFor();
      },
    },
    {
      name: 'search-by-person',
      path: '/?view=search',
      show: async (page, t) => {
        await page.getByRole('combobox').fill('group');
        await page.keyboard.press('Enter');
        await result(page);
        await press(page, t('query.groupedBy', { group: t('query.by.photo') }));
        await page.getByRole('menuitemradio', { name: t('query.by.person') }).click();
        await page.getByTestId('group-tile').first().waitFor();
      },
    },
    {
      name: 'search-selected',
      path: photo,
      show: async (page, t) => {
        await press(page, t('query.withPhoto'));
        await press(page, t('gallery.select'));
        await page.getByTestId('result-tile').nth(0).click();
        await page.getByTestId('result-tile').nth(1).click();
      },
    },
    ...[2, 3, 4].map((count) => ({
      name: `compare-${count}`,
      show: async (page: Page, t: Translate) => {
        await press(page, t('gallery.select'));
        for (let place = 0; place < count; place++) await tile(page, place).click();
        await press(page, t('compare.title'));
        await page
          .getByTestId('compared')
          .nth(count - 1)
          .waitFor();
        await page
          .locator('.compare-original[data-shown]')
          .nth(count - 1)
          .waitFor();
      },
    })),
    {
      name: 'items-history',
      path: '/?view=items',
      show: async (page, t) => {
        await press(page, t('items.history'));
        await page.getByTestId('log-entry').first().waitFor();
      },
    },
    {
      name: 'items',
      path: '/?view=items',
      show: (page) => page.getByTestId('item-card').first().waitFor(),
    },
    { name: 'item', path: subjects.item, show: (page) => tile(page, 0).waitFor() },
    {
      name: 'people',
      path: '/?view=people',
      show: (page) => page.getByText('Ana').first().waitFor(),
    },
    {
      name: 'people-naming',
      path: '/?view=people',
      show: async (page, t) => {
        await press(page, t('person.addName'));
        await page.getByRole('combobox').fill('An');
        await page.getByRole('option').first().waitFor();
      },
    },
    {
      name: 'people-merge',
      path: '/?view=people',
      show: async (page, t) => {
        await press(page, t('person.addName'));
        await page.getByRole('combobox').fill('Ana');
        await page.keyboard.press('Enter');
        await page.getByRole('alertdialog').waitFor();
      },
    },
    { name: 'person', path: subjects.person, show: (page) => tile(page, 0).waitFor() },
    ...(['suggestions', 'faces', 'seen-with'] as const).map((part) => ({
      name: `person-${part}`,
      path: `${subjects.person}&show=${part}`,
      show: (page: Page) => page.locator('.person-panel img').first().waitFor(),
    })),
    ...settings(),
  ];
}

const SECTIONS = ['general', 'people', 'storage', 'advanced', 'about'] as const;

function settings(): Stop[] {
  const open = async (page: Page, t: Translate, section: (typeof SECTIONS)[number]) => {
    await press(page, t('gallery.settings'));
    await dialog(page, t('settings.title'))
      .getByRole('tab', { name: t(`settings.${section}`) })
      .click();
  };
  return [
    ...SECTIONS.map((section) => ({
      name: `settings-${section}`,
      show: (page: Page, t: Translate) => open(page, t, section),
    })),
    {
      name: 'settings-delete-everything',
      show: async (page, t) => {
        await open(page, t, 'storage');
        await press(page, t('storage.deleteAll'));
        await page.getByRole('alertdialog').waitFor();
      },
    },
    {
      name: 'settings-add-model',
      show: async (page, t) => {
        await open(page, t, 'advanced');
        await press(page, t('models.add'));
        await dialog(page, t('models.addTitle')).waitFor();
      },
    },
  ];
}

async function result(page: Page): Promise<void> {
  await page.getByTestId('result-tile').or(page.getByTestId('list-end')).first().waitFor();
}

/** Lays the map out, and waits for its thumbnails, which nothing in the page tells of. */
async function laidOut(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { map } = window.akin!;
    if ((await map.get()) === null) await map.layOut();
  });
  await page.getByTestId('map').waitFor();
  await page.waitForTimeout(1000);
}
