/**
 * Screenshots of every screen and state in three sizes, both themes and all languages, for design
 * reviews: `screenshots/<language>/<screen>-<size>-<theme>.png`.
 *
 *   npm run build && npm run screenshots [-- [--photos=FOLDER] [--language=de] [--size=phone]
 *     [word…]]
 *
 * Words select the screens whose names contain one of them. With a folder, its photos are added.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LANGUAGES, type Language } from '../../src/ui/text/language.ts';
import { openApp, startSession } from '../session.ts';
import { fillLibrary } from './library.ts';
import { DESK, PHONE, quiet, settled, WIDE } from './picture.ts';
import { speak } from './speak.ts';
import { type Stop, stopsOfLibrary, stopsWithoutPhotos } from './stops.ts';

const FOLDER = 'screenshots';
const SIZES = { phone: PHONE, desk: DESK, wide: WIDE } as const;
const THEMES = ['light', 'dark'] as const;

const { values: options, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    photos: { type: 'string' },
    language: { type: 'string' },
    size: { type: 'string' },
  },
});
const languages = chosen(Object.keys(LANGUAGES) as Language[], options.language);
const sizes = chosen(Object.keys(SIZES) as (keyof typeof SIZES)[], options.size);
let taken = 0;

rmSync(FOLDER, { recursive: true, force: true });
const session = await startSession({ port: 4192, switches: ['--disable-gpu'] });
const { page } = session;
page.setDefaultTimeout(30_000);
try {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await openApp(session);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  for (const language of languages) await visit(language, stopsWithoutPhotos);
  await page.evaluate(() => window.akin!.clear());
  const subjects = await fillLibrary(page, options.photos ? photosIn(options.photos) : []);
  await quiet(page);
  for (const language of languages) await visit(language, stopsOfLibrary(subjects));
} finally {
  await session.close();
}
console.log(`${taken} pictures in ${FOLDER}/`);

/** Visits the stops in turn in a language. */
async function visit(language: Language, stops: readonly Stop[]): Promise<void> {
  await page.evaluate((tag) => localStorage.setItem('akin-language', tag), language);
  const folder = join(FOLDER, language);
  mkdirSync(folder, { recursive: true });
  for (const stop of stops) {
    const { name, once = false, after } = stop;
    if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
    try {
      for (const [place, size] of sizes.entries()) {
        await page.setViewportSize(SIZES[size]);
        if (place === 0 || !once) await open(stop, language);
        await takeThemes(join(folder, `${name}-${size}`));
      }
    } catch (error) {
      // The remaining screens are still worth capturing.
      console.error(`${language} ${name}: ${error instanceof Error ? error.message : error}`);
      process.exitCode = 1;
    }
    await after?.(page);
  }
}

async function open({ path = '/', show }: Stop, language: Language): Promise<void> {
  await page.goto(new URL(path, session.url).href);
  await page.waitForFunction(() => window.akin?.gallery.get().status === 'open');
  await show?.(page, speak(language));
  await page.mouse.move(0, 0);
}

/** Captures the current state in both themes. */
async function takeThemes(path: string): Promise<void> {
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    await settled(page);
    writeFileSync(`${path}-${theme}.png`, await page.screenshot({ caret: 'hide' }));
    taken += 1;
  }
}

function chosen<T extends string>(all: readonly T[], wanted: string | undefined): readonly T[] {
  if (wanted === undefined) return all;
  const found = all.filter((each) => each === wanted);
  if (found.length === 0) throw new Error(`"${wanted}" is none of: ${all.join(', ')}`);
  return found;
}

function photosIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && /\.(jpe?g|png|webp|avif|heic)$/i.test(each.name))
    .map((each) => join(each.parentPath, each.name))
    .sort();
}
