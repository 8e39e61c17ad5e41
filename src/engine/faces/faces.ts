import { AkinError } from '../../base/errors.ts';
import type { FaceWork, ImportContract, LibraryContract } from '../../protocol/index.ts';
import type { Value, WorkerClient } from '../../rpc/workerClient.ts';
import type { Subject } from '../observable.ts';
import type { Faces } from './facesApi.ts';

/** Calls a method of the library worker once the library is open. */
export type AskLibrary = <K extends keyof LibraryContract & string>(
  method: K,
  args: Parameters<LibraryContract[K]>,
  signal?: AbortSignal,
) => Promise<Value<LibraryContract[K]>>;

/**
 * The page's side of faces: the import worker detects them, the library worker assigns them to
 * people.
 */
export function createFaces(
  ask: AskLibrary,
  importer: Pick<WorkerClient<ImportContract>, 'call'>,
  work: Subject<FaceWork>,
  version: Subject<number>,
): Faces {
  // If the scan was stopped in an earlier visit, no event would report that.
  ask('faceWork', [])
    .then((now) => {
      if (work.get().state === 'idle') work.set(now);
    })
    .catch(() => {}); /* the next call to the library reports why it can't be opened */
  return {
    work,
    version,
    report: () => ask('facesReport', []),
    turnOn: () => importer.call('turnOnFaces', []),
    turnOff: () => importer.call('turnOffFaces', []),
    erase: () => ask('eraseFaces', []),
    stop: () =>
      work.get().state === 'reclustering'
        ? ask('stopReclustering', [])
        : importer.call('stopFaces', []),
    resume: () => importer.call('resumeFaces', []),
    retry: () => importer.call('retryFaces', []),
    ofPhoto: (photoId) => ask('facesOf', [photoId]),
    people: () => ask('people', []),
    person: (key) => ask('person', [key]),
    identify: (face) => ask('identify', [face]),
    identifyIn: async (picture, { signal } = {}) => {
      const found = await importer.call('findFaces', [picture], { signal });
      return ask('identifyAll', [found], signal);
    },
    chips: (faces) => ask('chips', [faces]),
    addFace: async (photoId, box) => {
      const number = await importer.call('addFace', [photoId, box]);
      const faces = await ask('facesOf', [photoId]);
      const face = faces.find(({ id }) => id === number);
      if (face) return face;
      throw new AkinError('not-found', 'This face is not here any more.');
    },
    questions: (limit) => ask('questions', [limit]),
    apply: (command) => ask('applyCommand', [command]),
    undo: (entry) => ask('undoEntry', [entry]),
    log: () => ask('peopleLog', []),
    search: (query) => ask('searchPeople', [query]),
    exportLog: () => ask('exportPeople', []),
    importLog: (text) => ask('importPeople', [text]),
  };
}
