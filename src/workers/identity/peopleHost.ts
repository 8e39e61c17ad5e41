import { AkinError } from '../../base/errors.ts';
import type {
  AkinEvent,
  FaceKey,
  FaceWork,
  Handlers,
  PeopleContract,
  PeopleSearch,
  PersonView,
  PhotoId,
  ShownNames,
} from '../../protocol/index.ts';
import type { Store } from '../../store/index.ts';
import { FACES_LOCK } from '../faces/faceBackfill.ts';
import { withFaceErase, withFaceWrite } from '../faces/faceLock.ts';
import { FaceSettings, type KeptFaceSpace } from '../faces/faceSettings.ts';
import { idleFaceStatus } from '../faces/idleFaceStatus.ts';
import { type OpenedIndex, openIndex } from '../indexing/openIndex.ts';
import { withIndexLock } from '../shared/indexLock.ts';
import { loadKernels } from '../shared/kernels.ts';
import { dropFaceNets } from '../shared/lazyCaches.ts';
import { shownNames } from '../shared/shownNames.ts';
import type { Trainer } from '../training/trainer.ts';
import { facesReport } from './facesReport.ts';
import { PeopleLibrary } from './peopleLibrary.ts';
import { PeopleService } from './peopleService.ts';

/** Number of faces that recluster in well under a second. */
const RECLUSTERED_INLINE = 2_000;

export interface PeopleHostOptions {
  readonly store: () => Promise<Store>;
  readonly trainer: Trainer;
  readonly tab: string;
  readonly broadcast: (event: AkinEvent) => void;
}

interface Opened extends OpenedIndex {
  readonly space: KeptFaceSpace;
  readonly service: PeopleService;
}

/**
 * A tab's view of faces and people: opened on first use, updated by library events, and dropped
 * when all face data is erased.
 */
export class PeopleHost {
  readonly #options: PeopleHostOptions;
  #opening: Promise<Opened> | null = null;
  /** The last broadcast state while no tab is scanning. */
  #idle: FaceWork = { state: 'idle' };
  /** The last broadcast state of a running scan, in this tab or another. */
  #scanning: FaceWork | null = null;
  /** Applies changes one by one, in the order of their events. */
  #changes: Promise<void> = Promise.resolve();

  constructor(options: PeopleHostOptions) {
    this.#options = options;
  }

  /** The page's calls. */
  readonly handlers: Handlers<PeopleContract> = {
    facesReport: async () => facesReport(await this.#options.store(), () => this.#service()),
    faceWork: async () => {
      this.#idle = await this.#idleStatus();
      return this.#idle;
    },
    eraseFaces: () => this.#erase(),
    facesOf: async (_signal, photoId) => (await this.#service()).facesOf(photoId),
    people: async () => (await this.#service()).people(),
    person: async (_signal, key) => (await this.#service()).person(key),
    identify: async (_signal, face) => (await this.#service()).identify(face),
    identifyAll: async (_signal, found) => (await this.#service()).identifyAll(found),
    chips: async (_signal, faces) => (await this.#service()).chips(faces),
    questions: async (signal, limit) => (await this.#service()).questions(limit, signal),
    applyCommand: async (_signal, command) => (await this.#service()).apply(command),
    undoEntry: async (_signal, entry) => (await this.#service()).undo(entry),
    peopleLog: async () => (await this.#service()).entries(),
    searchPeople: async (_signal, query) => (await this.#service()).search(query),
    exportPeople: async () => (await this.#service()).exportLog(),
    importPeople: async (_signal, text) => (await this.#service()).importLog(text),
    stopReclustering: async () => (await this.#opening)?.service.reclusterer.stop(),
  };

  /** Named people; none if faces are off. */
  async named(): Promise<readonly PersonView[]> {
    const { meta } = await this.#options.store();
    if ((await new FaceSettings(meta).space()) === null) return [];
    const { people } = (await this.#service()).people();
    return people.filter(({ name, hidden }) => name !== '' && !hidden);
  }

  /** Everyone each photo shows, hidden people aside; nobody if faces are off. */
  async shownIn(photos: readonly PhotoId[]): Promise<readonly (readonly [PhotoId, PersonView])[]> {
    const { meta } = await this.#options.store();
    if ((await new FaceSettings(meta).space()) === null) return [];
    return (await this.#service()).shownIn(photos);
  }

  /** Who is in which photo: named people, hidden ones aside; nobody if faces are off. */
  async shownNames(): Promise<ShownNames> {
    const { meta } = await this.#options.store();
    if ((await new FaceSettings(meta).space()) === null) return shownNames([]);
    return (await this.#service()).shownNames();
  }

  /** Ids of the photos that show certain people, ascending. */
  async photosOf(query: PeopleSearch): Promise<readonly PhotoId[]> {
    return (await this.#service()).search(query);
  }

  /** Handles a library event from any worker of any tab. */
  hear(event: AkinEvent): Promise<void> {
    if (event.type === 'face-work' && event.work.state !== 'reclustering') {
      const { work } = event;
      this.#scanning = work.state === 'scanning' ? work : null;
      this.#idle = this.#scanning ? { state: 'idle' } : work;
    }
    if (this.#idle.state === 'stopped' && changesLeft(event)) {
      void this.#broadcastIdleStatus().catch(() => {}); /* retried at the next change */
    }
    // An unopened view reads everything when opened, but permanent deletion can't wait that long.
    if (this.#opening === null)
      return event.type === 'purged' ? this.finishPurge() : Promise.resolve();
    const change = this.#changes.then(() => this.#hear(event));
    this.#changes = change.catch(() => {});
    return change;
  }

  /** If the saved face index may still contain permanently deleted faces, removes them. */
  async finishPurge(): Promise<void> {
    const { indexes, meta } = await this.#options.store();
    const space = await new FaceSettings(meta).space();
    if (!space || (await indexes.purged(space.id)).length === 0) return;
    const { service } = await this.#open();
    await service.reclusterer.onPurge();
  }

  async #hear(event: AkinEvent): Promise<void> {
    const { store } = this.#options;
    if (this.#opening === null) return;
    const opened = await this.#opening;
    const { service, space } = opened;
    const { library } = service;
    const { faces, meta } = await store();
    switch (event.type) {
      case 'faces':
        if ((await new FaceSettings(meta).space())?.id !== space.id) this.#close(opened);
        else await this.#changed(event.added, event.removed, library);
        break;
      case 'removed':
        await library.removePhotos(event.ids);
        break;
      case 'restored':
        await library.restore(await faces.keysOf(event.ids));
        break;
      case 'purged':
        await service.reclusterer.onPurge();
        break;
      case 'dated':
        service.dates.forget(event.ids);
        break;
      case 'people':
        if (event.tab === this.#options.tab) return;
        await service.reclusterer.onLogChange();
        break;
      case 'reclustered':
        if (event.tab === this.#options.tab) return;
        await service.reclusterer.follow();
        break;
      case 'cleared':
      case 'resync':
        this.#close(opened);
        break;
      case 'faces-setting':
        if (!event.erased) return;
        this.#close(opened);
        break;
      case 'face-work':
        if (event.work.state !== 'idle' && event.work.state !== 'stopped') return;
        await this.#recluster(service);
        break;
      case 'progress':
        if (event.progress.state !== 'done') return;
        await this.#recluster(service);
        break;
      default:
        return;
    }
    this.#broadcastSeen();
  }

  /**
   * Calls wait for a short reclustering and see its result; a longer one runs in the background.
   */
  async #recluster(service: PeopleService): Promise<void> {
    const reclustering = service.reclusterer.recluster();
    if (service.library.size < RECLUSTERED_INLINE) await reclustering;
    else
      void reclustering
        .then(() => this.#broadcastSeen())
        .catch(() => {}); /* stopped, or the next reclustering makes up for it */
  }

  async #changed(
    added: readonly FaceKey[],
    removed: readonly FaceKey[],
    library: PeopleLibrary,
  ): Promise<void> {
    library.remove(removed);
    await library.add(added);
  }

  async #service(): Promise<PeopleService> {
    for (;;) {
      const opening = this.#open();
      const { service } = await opening;
      // First apply events received before the call; one may have closed this view.
      await this.#changes;
      if (this.#opening === opening) return service;
    }
  }

  #open(): Promise<Opened> {
    this.#opening ??= this.#openNow().catch((thrown: unknown) => {
      this.#opening = null; /* a later call may succeed */
      throw thrown;
    });
    return this.#opening;
  }

  async #openNow(): Promise<Opened> {
    const { store, tab, broadcast, trainer } = this.#options;
    const opened = await store();
    const space = await new FaceSettings(opened.meta).space();
    if (!space) throw off();
    const made = await openIndex({
      store: opened,
      space: { id: space.id, d: space.d, metric: 'l2sq' },
      kernels: loadKernels,
      trainer,
      withIndexLock,
      report: () => {} /* so small an index trains in seconds */,
      prefix: 'faces.',
    });
    const { faces, meta, photos } = opened;
    const library = await PeopleLibrary.open({
      faces,
      meta,
      photos,
      index: made.index,
      writing: (write) =>
        withFaceWrite(async () => {
          if ((await new FaceSettings(meta).space()) === null) throw off();
          return write();
        }),
    });
    // A reclustering during a scan must not report that the scan has ended.
    const idleStatus = async () =>
      this.#scanning ?? this.#idleStatus().catch((): FaceWork => ({ state: 'idle' }));
    const service = new PeopleService({ library, faces, photos, tab, broadcast, idleStatus });
    void made.index.verify().catch(() => {}); /* checked again at the next opening */
    return { ...made, space, service };
  }

  /** An error state stays; whether the scan was stopped follows from the stored settings. */
  async #idleStatus(): Promise<FaceWork> {
    if (this.#idle.state === 'failed') return this.#idle;
    const { faces, meta } = await this.#options.store();
    return idleFaceStatus(new FaceSettings(meta), faces);
  }

  /** Broadcasts the number of photos left if it has changed. */
  async #broadcastIdleStatus(): Promise<void> {
    const before = this.#idle;
    const work = await this.#idleStatus();
    const isSame =
      work.state === 'stopped' && before.state === 'stopped' && work.left === before.left;
    if (!isSame && this.#idle === before) this.#options.broadcast({ type: 'face-work', work });
  }

  async #erase(): Promise<void> {
    const { store, broadcast } = this.#options;
    const opened = await store();
    const settings = new FaceSettings(opened.meta);
    const space = await settings.space();
    await settings.turnOff();
    // Stops the scan in whichever tab it runs, so erased data stays erased.
    broadcast({ type: 'faces-setting', erased: false });
    await navigator.locks.request(FACES_LOCK, () =>
      withFaceErase(() => opened.faces.erase(space ? [space.id] : [])),
    );
    const still = await this.#opening?.catch(() => null);
    if (still) this.#close(still);
    await dropFaceNets();
    broadcast({ type: 'faces-setting', erased: true });
    broadcast({ type: 'face-work', work: { state: 'idle' } });
    this.#broadcastSeen();
    const { indexes, vectorFiles } = opened;
    await withIndexLock(async () => vectorFiles.collectGarbage(await indexes.vectorFiles()));
  }

  #close({ service, index, maintainer }: Opened): void {
    this.#opening = null;
    void service.close();
    maintainer.cleared();
    index.clear();
  }

  #broadcastSeen(): void {
    this.#options.broadcast({ type: 'people-seen', tab: this.#options.tab });
  }
}

/** Whether an event may change the number of photos left to scan. */
function changesLeft(event: AkinEvent): boolean {
  switch (event.type) {
    case 'removed':
    case 'restored':
    case 'cleared':
      return true;
    case 'progress':
      return event.progress.state === 'done';
    default:
      return false;
  }
}

function off(): AkinError {
  return new AkinError('not-found', 'Faces are turned off.', { details: { reason: 'faces-off' } });
}
