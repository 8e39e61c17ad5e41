/**
 * The parts of the page that come as scripts of their own, by how soon they are needed. What a
 * panel itself loads later stands here too, so that it is there in time.
 */
export const chunks = {
  gallery: () => import('./screens/gallery.tsx'),
  photo: () => import('./screens/photo.tsx'),
  trash: () => import('./screens/trash.tsx'),
  people: () => import('./screens/faces/people.tsx'),
  person: () => import('./screens/faces/person.tsx'),
  together: () => import('./screens/faces/together.tsx'),
  photoFaces: () => import('./parts/faces/photo-faces.tsx'),
  similarAmong: () => import('./parts/faces/similar-among.tsx'),
  facePanel: () => import('./parts/faces/face-panel.tsx'),
  words: () => import('./screens/words.tsx'),
  confirm: () => import('./panels/confirm.tsx'),
  problems: () => import('./panels/problems.tsx'),
  settings: () => import('./panels/settings.tsx'),
  indexSection: () => import('./panels/indexing/index-section.tsx'),
  modelsSection: () => import('./panels/models/models-section.tsx'),
  addModel: () => import('./panels/models/add-model.tsx'),
  facesSection: () => import('./panels/faces/faces-section.tsx'),
  peopleLog: () => import('./panels/faces/people-log.tsx'),
  recallChart: () => import('./panels/indexing/recall-chart.tsx'),
  shortcuts: () => import('./panels/shortcuts.tsx'),
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
  for (const load of Object.values(chunks)) {
    await idle();
    // What fails here is asked for again when it is needed, and told there.
    await load().catch(() => {});
  }
}
