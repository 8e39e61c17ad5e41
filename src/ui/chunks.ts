import { settingParts } from './panels/setting-parts.ts';
import { exportParts } from './parts/export/export-parts.ts';
import { faceParts } from './parts/faces/face-parts.ts';
import { itemParts } from './parts/items/item-parts.ts';
import { part } from './parts/lazy-part.ts';
import { viewerParts } from './parts/viewer/viewer-parts.ts';

/**
 * Lazy chunks of the page, ordered by how soon they are needed. Chunks that a panel itself loads
 * later are listed too, so that they are preloaded.
 */
export const chunks = {
  gallery: part(() => import('./screens/gallery.tsx')),
  photo: part(() => import('./screens/photo.tsx')),
  trash: part(() => import('./screens/trash.tsx')),
  people: part(() => import('./screens/faces/people.tsx')),
  person: part(() => import('./screens/faces/person.tsx')),
  together: part(() => import('./screens/faces/together.tsx')),
  items: part(() => import('./screens/items/items.tsx')),
  item: part(() => import('./screens/items/item.tsx')),
  ...itemParts,
  ...faceParts,
  compare: part(() => import('./screens/compare.tsx')),
  search: part(() => import('./screens/search.tsx')),
  map: part(() => import('./map/map.tsx')),
  lab: part(() => import('./lab/lab.tsx')),
  ...viewerParts,
  confirm: part(() => import('./panels/confirm.tsx')),
  problems: part(() => import('./panels/problems.tsx')),
  settings: part(() => import('./panels/settings.tsx')),
  ...settingParts,
  addModel: part(() => import('./panels/models/add-model.tsx')),
  teach: part(() => import('./panels/teach/teach.tsx')),
  ...exportParts,
  peopleLog: part(() => import('./panels/faces/people-log.tsx')),
  itemLog: part(() => import('./panels/items/item-log.tsx')),
  recallChart: { load: () => import('./panels/indexing/recall-chart.tsx') },
  shortcuts: part(() => import('./panels/shortcuts.tsx')),
};

/** Delay in milliseconds for browsers without `requestIdleCallback`. */
const MOMENT_MS = 300;
/** An import may leave no idle time for long. */
const LATEST_MS = 3000;

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') {
      requestIdleCallback(() => resolve(), { timeout: LATEST_MS });
    } else setTimeout(resolve, MOMENT_MS);
  });
}

/**
 * Preloads every chunk while the page is idle. When another tab updates Akin, the files of this
 * version are gone: this page then has only what it has loaded.
 */
export async function loadAllChunks(): Promise<void> {
  for (const { load } of Object.values(chunks)) {
    await idle();
    // A failed load is retried, and reported, when it is needed.
    await load().catch(() => {});
  }
}
