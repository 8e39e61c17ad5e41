import type { Page } from '@playwright/test';
import { countAsComplete } from '../bench/browser/fillLibrary.ts';
import { expect, test } from './fixtures/akin.ts';
import { blocks } from './fixtures/pictures.ts';

/** Maximum number of tiles in the DOM for a library of any size: a few screens' worth. */
const MOST_TILES = 200;
/** Enough for several hundred screens; `AKIN_GALLERY_PHOTOS=100000` tries more. */
const PHOTOS = Number(process.env.AKIN_GALLERY_PHOTOS ?? 20_000);

/** Sums up layout shifts not caused by user input, from the first frame. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts = { sum: 0 };
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
        };
        if (!hadRecentInput) shifts.sum += value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** The sum so far, including the frames rendered until now. */
function shifted(page: Page): Promise<number> {
  return page.evaluate(async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return (window as unknown as { shifts: { sum: number } }).shifts.sum;
  });
}

test('the layout doesn’t shift while thumbnails load, 1280 and 360 pixels wide', async ({
  akin,
  page,
}) => {
  await akin.open();
  const files = await Promise.all(
    Array.from({ length: 60 }, async (_, i) => ({
      name: `${i}.png`,
      base64: (await blocks(1000 + i, 48 + ((i * 37) % 90), 48 + ((i * 53) % 70))).toString(
        'base64',
      ),
    })),
  );
  expect((await akin.importBytes(files)).imported).toHaveLength(60);
  await watchShifts(page);
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 740 });
    // A reload resets the sum.
    await akin.open();
    await expect(akin.tiles().first()).toBeVisible();
    await page.mouse.move(width / 2, 400);
    const scroller = page.getByRole('listbox', { name: 'Photos' }).locator('..');
    const bottom = await scroller.evaluate((each) => each.scrollHeight - each.clientHeight);
    expect(bottom).toBeGreaterThan(0);
    for (let scrolled = 0; scrolled < bottom; scrolled += 240) {
      await page.mouse.wheel(0, 240);
      await page.waitForTimeout(50);
    }
    await expect
      .poll(() =>
        scroller.evaluate((each) => each.scrollHeight - each.clientHeight - each.scrollTop),
      )
      .toBeLessThan(2);
    await shownInView(page);
    expect(await shifted(page), `${width} pixels wide`).toBeLessThan(0.001);

    // The results of a photo don't shift either while their thumbnails load.
    await page.goto(`/?photo=${(await akin.list())[7]!.id}`);
    await akin.ready();
    await akin.includeLessSimilar();
    await expect(akin.results().first().getByRole('img')).toBeVisible();
    expect(await shifted(page), `${width} pixels wide`).toBeLessThan(0.01);
  }

  // The measurement does detect a shift.
  await page.evaluate(() => {
    const pushing = document.createElement('div');
    pushing.style.height = '120px';
    document.body.prepend(pushing);
  });
  expect(await shifted(page)).toBeGreaterThan(0.01);
});

/** Waits until every tile in view shows its thumbnail; returns the ids in view. */
async function shownInView(page: Page): Promise<number[]> {
  const ids = await page.waitForFunction(() => {
    const tiles = [...document.querySelectorAll<HTMLElement>('[data-testid=photo-tile]')].filter(
      (tile) => {
        const { top, bottom } = tile.getBoundingClientRect();
        return bottom > 60 && top < innerHeight;
      },
    );
    const shown = tiles.every((tile) => {
      const image = tile.querySelector('img');
      return image?.complete && image.naturalWidth > 0;
    });
    return tiles.length > 0 && shown && tiles.map((tile) => Number(tile.dataset.photoId));
  });
  return (await ids.jsonValue()) as number[];
}

/** Width of a photo's thumbnail: sixteen different ones, to detect a wrong thumbnail. */
const thumbWidth = (id: number) => 40 + (id % 16) * 4;
const THUMB_HEIGHT = 60;

test('the gallery renders only what is in view, even with tens of thousands of photos', async ({
  akin,
  page,
}) => {
  await akin.open();
  const thumbs = await Promise.all(
    Array.from({ length: 16 }, async (_, i) =>
      (await blocks(1100 + i, thumbWidth(i), THUMB_HEIGHT)).toString('base64'),
    ),
  );
  await page.evaluate(fill, { photos: PHOTOS, thumbs, height: THUMB_HEIGHT });
  await countAsComplete(page, (await akin.stats()).index.spaceId);
  await page.reload();
  await akin.ready();
  await expect(page.getByTestId('photo-count')).toContainText(PHOTOS.toLocaleString('en'));
  await shownInView(page);

  const scroller = page.getByRole('listbox', { name: 'Photos' }).locator('..');
  const height = await scroller.evaluate((each) => each.scrollHeight);
  const around = async (share: number) => {
    // Jump there, flick the wheel a few times, and jump back.
    await scroller.evaluate((each, top) => each.scrollTo(0, top), share * height);
    let most = 0;
    for (let flick = 0; flick < 8; flick++) {
      await page.mouse.wheel(0, flick % 2 === 0 ? 900 : -300);
      most = Math.max(most, await akin.tiles().count());
    }
    await scroller.evaluate((each, top) => each.scrollTo(0, top), share * height);
    const ids = await shownInView(page);
    most = Math.max(most, await akin.tiles().count());
    expect(most).toBeGreaterThan(5);
    expect(most).toBeLessThan(MOST_TILES);
    const shown = await akin
      .tiles()
      .getByRole('img')
      .evaluateAll((images) =>
        (images as HTMLImageElement[]).map((image) => ({
          id: Number(image.closest<HTMLElement>('[data-photo-id]')?.dataset.photoId),
          name: image.alt,
          width: image.naturalWidth,
        })),
      );
    for (const { id, name, width } of shown) {
      expect(name).toBe(`Photo ${id}`);
      expect(width).toBe(thumbWidth(id));
    }
    return ids;
  };
  await page.mouse.move(640, 400);
  const middle = await around(0.5);
  for (const id of middle) expect(Math.abs(id - PHOTOS / 2)).toBeLessThan(PHOTOS / 50);
  const end = await around(1);
  expect(end).toContain(1);
  expect(await around(0)).toContain(PHOTOS);

  // One key press reaches the other end.
  await akin.tiles().first().focus();
  await page.keyboard.press('End');
  await expect(akin.tiles().last()).toBeFocused();
  await expect(akin.tiles().last()).toHaveAttribute('data-photo-id', '1');
  expect(await akin.tiles().count()).toBeLessThan(MOST_TILES);
});

interface Fill {
  readonly photos: number;
  readonly thumbs: readonly string[];
  readonly height: number;
}

/**
 * Runs in the page: adds rows and thumbnails to the library, all that the gallery reads. Embedding
 * this many photos would take hours.
 */
async function fill({ photos, thumbs, height }: Fill): Promise<void> {
  const images = thumbs.map(
    (base64) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)).buffer,
  );
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('akin');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const PART = 5_000;
  for (let from = 1; from <= photos; from += PART) {
    const tx = database.transaction(['photos', 'thumbs'], 'readwrite');
    for (let id = from; id < from + PART && id <= photos; id++) {
      const image = images[id % images.length]!;
      const width = 40 + (id % images.length) * 4;
      tx.objectStore('photos').put({
        id,
        hash: id.toString(16).padStart(64, '0'),
        name: `Photo ${id}`,
        path: '',
        type: 'image/png',
        bytes: image.byteLength,
        width,
        height,
        thumbWidth: width,
        thumbHeight: height,
        addedAt: 1_700_000_000_000 + id,
        // Spread over 137 months.
        takenAt: Date.UTC(2016, 0, 1) + id * Math.floor(100_000 / photos) * 3_600_000,
        dateSource: 'exif',
      });
      tx.objectStore('thumbs').put(image, id);
    }
    await new Promise<void>((resolve, reject) => {
      tx.oncomplete = () => resolve();
      tx.onabort = () => reject(tx.error);
    });
  }
  database.close();
}
