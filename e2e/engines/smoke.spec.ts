import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import type { PreviewServer } from 'vite';
import { preview } from 'vite';
import { type EngineName, engineNames, hasEngine, howToGet } from '../../scripts/engines.ts';
import { anotherPhoto, groupPhoto } from '../fixtures/facePictures.ts';
import { sampleFiles, scratch } from '../fixtures/pictures.ts';
import { openChromium } from './chromium.ts';
import { openFirefox } from './firefox.ts';
import { type Browser, type OpenBrowser, type Tab, until } from './tab.ts';
import { openWebKit } from './webkit.ts';

// Every main user action, with a few photos, in each engine. Covers differences between the
// engines; behavior they share is tested elsewhere.

const opens: Readonly<Record<EngineName, OpenBrowser>> = {
  chromium: openChromium,
  firefox: openFirefox,
  webkit: openWebKit,
};
const SAMPLES = 2;
const GROUPS = 3;
const PHOTOS = SAMPLES + GROUPS;
const NAME = 'Ana';

/** Waits until the library is open and no import runs. */
async function ready(tab: Tab): Promise<void> {
  await until(tab, 'Akin has loaded', () => window.akin !== undefined);
  await tab.evaluate(() => window.akin!.ready());
}

async function bringIn(tab: Tab, paths: readonly string[]): Promise<void> {
  const now = () => ({
    failures: window.akin!.failures.get(),
    length: window.akin!.gallery.get().length,
  });
  const before = await tab.evaluate(now);
  await tab.choose(
    '[data-testid=file-input]',
    paths.map((path) => resolve(path)),
  );
  // Progress alone is not enough: dismissing an earlier summary looks like the end of an import.
  const ended = (wanted: number) => {
    const { state } = window.akin!.progress.get();
    const length = window.akin!.gallery.get().length;
    const failed = state === 'stopped' || window.akin!.failures.get().length > 0;
    return failed || (/^(done|idle)$/.test(state) && length >= wanted);
  };
  await until(tab, 'the import has ended', ended, before.length + paths.length);
  await tab.evaluate(() => window.akin!.ready());
  const after = await tab.evaluate(now);
  expect(after).toMatchObject({ failures: [], length: before.length + paths.length });
}

for (const name of engineNames) {
  test.describe(name, () => {
    // Each test continues from the state that the previous one left.
    test.describe.configure({ mode: 'serial', timeout: 600_000 });
    const missing = !hasEngine(name);
    test.skip(missing && process.env.CI === undefined, howToGet(name));

    const profile = join(scratch(), name);
    let server: PreviewServer;
    let url: string;
    let browser: Browser;
    let tab: Tab;

    test.beforeAll(async () => {
      if (missing) throw new Error(`CI requires ${name}. ${howToGet(name)}`);
      server = await preview({ preview: { port: 0 } });
      url = server.resolvedUrls!.local[0]!;
      browser = await opens[name](profile);
      tab = browser.tab;
    });
    test.afterAll(async () => {
      await browser?.close();
      await server?.close();
    });

    test('opens', async () => {
      await tab.goto(url);
      await ready(tab);
      const agent = await tab.evaluate(() => navigator.userAgent);
      console.log(agent);
      expect(await tab.evaluate(() => window.akin!.storage.get().state)).toBe('ok');
    });

    test('imports photos', async () => {
      const groups = [groupPhoto(1), anotherPhoto(1, 1), anotherPhoto(1, 2)];
      await bringIn(tab, [...(await sampleFiles(SAMPLES)), ...(await Promise.all(groups))]);
    });

    test('shows them in the grid', async () => {
      const drawn = (wanted: number) => {
        const images = [...document.querySelectorAll('[data-testid=photo-tile] img')];
        return (
          images.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length === wanted
        );
      };
      await until(tab, 'all thumbnails are shown', drawn, PHOTOS);
    });

    test('finds similar photos', async () => {
      const taken = await tab.evaluate(async () => {
        const photos = await window.akin!.list();
        return photos.filter(({ name }) => /^(sample1|photo-1-)/.test(name)).map(({ id }) => id);
      });
      expect(taken).toHaveLength(GROUPS);
      await tab.click(`[data-testid=photo-tile][data-photo-id="${taken[0]}"]`);
      const shown = () =>
        [...document.querySelectorAll<HTMLElement>('[data-testid=result-tile]')].map((tile) =>
          Number(tile.dataset.photoId),
        );
      const tiles = (least: number) =>
        document.querySelectorAll('[data-testid=result-tile]').length >= least;
      const ended = () => document.querySelector('[data-testid=list-end]') !== null;
      await until(tab, 'the similar photos are shown', ended);
      await tab.evaluate(() =>
        document.querySelector<HTMLElement>('[data-testid=list-end] button')?.click(),
      );
      await until(tab, 'all others are shown', tiles, PHOTOS - 1);
      // Photos of the same people come first.
      expect(new Set((await tab.evaluate(shown)).slice(0, GROUPS - 1))).toEqual(
        new Set(taken.slice(1)),
      );
      const whole = async (id: number) => {
        const images = [...document.querySelectorAll<HTMLImageElement>('.photo-stage img')];
        const { width } = await window.akin!.photo(id);
        return images.some((image) => image.naturalWidth === width);
      };
      await until(tab, 'the photo is shown', whole, taken[0]!);
    });

    test('finds faces', async () => {
      await tab.goto(`${url}?view=people`);
      await ready(tab);
      await tab.click('//button[normalize-space()="Turn on face recognition"]');
      const looked = async (all: number) => {
        const report = await window.akin!.faces.report();
        // People may still be grouped anew, which moves what is about to be clicked.
        const isIdle = window.akin!.faces.work.get().state === 'idle';
        return report.scanned === all && isIdle ? report : null;
      };
      const report = await until(tab, 'all photos are scanned', looked, PHOTOS);
      expect(report).toMatchObject({ failed: 0 });
      // Each group photo shows the same people, at least two.
      expect(report.faces).toBeGreaterThanOrEqual(2 * GROUPS);
    });

    test('names a person', async () => {
      const group = '//section[@aria-labelledby="groups-title"]//a';
      const there = (target: string) =>
        document.evaluate(target, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE)
          .singleNodeValue !== null;
      await until(tab, 'a group is shown', there, group);
      await tab.click(group);
      await until(tab, 'it can be named', there, '//input[@aria-label="Add name"]');
      await tab.type('//input[@aria-label="Add name"]', NAME);
      await tab.click('//button[normalize-space()="Save"]');
      await until(tab, 'the name is shown', there, `//h1[contains(., "${NAME}")]`);
      expect(await people(tab)).toEqual([NAME]);
    });

    test('imports names from an export', async () => {
      const path = join(scratch(), 'people.json');
      writeFileSync(path, await tab.evaluate(() => window.akin!.faces.exportLog()));
      // Simulate another device with the same photos.
      await tab.evaluate(() => window.akin!.faces.erase());
      await tab.goto(`${url}?view=people`);
      await ready(tab);
      await tab.evaluate(() => window.akin!.faces.turnOn());
      const looked = async (all: number) => (await window.akin!.faces.report()).scanned === all;
      await until(tab, 'all photos are scanned again', looked, PHOTOS);
      expect(await people(tab)).toEqual([]);
      const there = (selector: string) => document.querySelector(selector) !== null;
      await until(tab, 'people are shown', there, '[aria-label="People history"]');
      await tab.click('[aria-label="People history"]');
      await until(tab, 'a file can be chosen', there, '[data-testid=people-log-input]');
      await tab.choose('[data-testid=people-log-input]', [path]);
      await until(tab, 'the entry is listed', there, '[data-testid=log-entry]');
      expect(await people(tab)).toEqual([NAME]);
    });

    test('trains an index and searches it', async () => {
      await tab.goto(url);
      await ready(tab);
      await tab.evaluate(() => window.akin!.chooseIndex({ kind: 'ivf', nlist: 2 }));
      const trained = async () => {
        const work = window.akin!.indexWork.get();
        const kinds = (await window.akin!.index()).segments.map(({ kind }) => kind);
        return work.state === 'failed' || (work.state === 'idle' && kinds.includes('ivf'))
          ? { work, kinds }
          : null;
      };
      const { work, kinds } = await until(tab, 'the index is trained', trained);
      expect(work).toEqual({ state: 'idle' });
      expect(kinds).toContain('ivf');
      expect(await found(tab)).toBe(PHOTOS - 1);
    });

    test('shows changes from another tab', async () => {
      const other = await browser.newTab();
      await other.goto(url);
      await ready(other);
      const length = (wanted: number) => window.akin!.gallery.get().length === wanted;
      const gone = await other.evaluate(async () => {
        const { ids } = window.akin!.gallery.get();
        return window.akin!.remove([ids[0]!]);
      });
      await until(tab, 'the photo is gone', length, PHOTOS - 1);
      await tab.evaluate((ids) => window.akin!.restore(ids), gone);
      await until(other, 'the photo is back', length, PHOTOS);
      await other.close();
    });

    test('locks nothing once its page is left, and works when the page comes back', async () => {
      // WebKit freezes such a page with its workers, and thaws it on Back.
      await tab.goto(`${url}credits.txt`);
      const held = async () => (await navigator.locks.query()).held?.length === 0;
      await until(tab, 'no lock is held', held);
      await tab.evaluate(() => void setTimeout(() => history.back(), 100));
      const opened = async () => {
        await window.akin?.ready();
        return window.akin !== undefined;
      };
      await until(tab, 'Akin has reopened', opened);
      expect(await found(tab)).toBe(PHOTOS - 1);
    });

    test('keeps everything after a restart', async () => {
      await browser.close();
      browser = await opens[name](profile);
      tab = browser.tab;
      await tab.goto(url);
      await ready(tab);
      expect(await tab.evaluate(() => window.akin!.gallery.get().length)).toBe(PHOTOS);
      expect(await people(tab)).toEqual([NAME]);
      expect(await found(tab)).toBe(PHOTOS - 1);
    });

    test('works offline', async () => {
      await until(tab, 'everything is cached', () => navigator.serviceWorker.controller !== null);
      await server.close();
      await expect(fetch(url)).rejects.toThrow();
      // Not a reload: Firefox's driver reloads without the service worker, like Shift+Reload.
      await tab.goto(url);
      await ready(tab);
      await bringIn(tab, (await sampleFiles(SAMPLES + 1)).slice(-1));
      expect(await found(tab)).toBe(PHOTOS);
    });

    test('deletes everything while another tab is open, and both keep working', async () => {
      const other = await browser.newTab();
      await other.goto(url);
      await ready(other);
      await tab.evaluate(() => window.akin!.clear());
      const length = (wanted: number) => window.akin!.gallery.get().length === wanted;
      for (const each of [tab, other]) await until(each, 'the gallery is empty', length, 0);
      expect(await other.evaluate(() => window.akin!.list())).toEqual([]);
      await until(other, 'nothing is stored', async () => (await window.akin!.stats()).empty);
      await bringIn(other, await sampleFiles(1));
      await until(tab, 'the photo appears here too', length, 1);
      for (const each of [tab, other]) {
        expect(await each.evaluate(() => window.akin!.storage.get().state)).toBe('ok');
      }
      await other.close();
    });
  });
}

function people(tab: Tab): Promise<string[]> {
  return tab.evaluate(async () => {
    const { people } = await window.akin!.faces.people();
    return people.map((person) => person.name);
  });
}

/** Number of photos that a search by the first one returns. */
function found(tab: Tab): Promise<number> {
  return tab.evaluate(async () => {
    const { ids } = window.akin!.gallery.get();
    return (await window.akin!.search(ids[0]!)).hits.length;
  });
}
