import { settingParts } from './panels/setting-parts.ts';
import { faceParts } from './parts/faces/face-parts.ts';
import { part } from './parts/lazy-part.ts';

/**
 * The parts of the page that come as scripts of their own, by how soon they are needed. What a
 * panel itself loads later stands here too, so that it is there in time.
 */
export const chunks = {
  gallery: part(() => import('./screens/gallery.tsx')),
  photo: part(() => import('./screens/photo.tsx')),
  trash: part(() => import('./screens/trash.tsx')),
  people: part(() => import('./screens/faces/people.tsx')),
  person: part(() => import('./screens/faces/person.tsx')),
  together: part(() => import('./screens/faces/together.tsx')),
  ...faceParts,
  words: part(() => import('./screens/words.tsx')),
  confirm: part(() => import('./panels/confirm.tsx')),
  problems: part(() => import('./panels/problems.tsx')),
  settings: part(() => import('./panels/settings.tsx')),
  ...settingParts,
  addModel: part(() => import('./panels/models/add-model.tsx')),
  peopleLog: part(() => import('./panels/faces/people-log.tsx')),
  recallChart: { load: () => import('./panels/indexing/recall-chart.tsx') },
  shortcuts: part(() => import('./panels/shortcuts.tsx')),
};

/** Where the browser does not tell when it is idle, a moment is waited instead, in milliseconds. */
const MOMENT_MS = 300;
/** An import may leave no idle moment for long. */
const LATEST_MS = 3000;

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') {
      requestIdleCallback(() => resolve(), { timeout: LATEST_MS });
    } else setTimeout(resolve, MOMENT_MS);
  });
}

/**
 * Loads every part once the page has nothing better to do. When another tab takes a new version of
 * Akin, the files of this one are gone: what is loaded by then is all that this page has.
 */
export async function loadAllChunks(): Promise<void> {
  for (const { load } of Object.values(chunks)) {
    await idle();
    // What fails here is asked for again when it is needed, and told there.
    await load().catch(() => {});
  }
}
