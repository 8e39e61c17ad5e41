import type { StorageState } from '../api.ts';
import { type Observable, Subject } from '../observable.ts';

const WELL: StorageState = { state: 'ok', message: '' };
const DELETED =
  'Your browser deleted the photos in Akin, because site data was cleared or this device ran out of space. Your own files are still where they were.';

/** Whether the store is well, as the tab's workers find it, and what a person has to know of it. */
export class StorageWatch {
  readonly #subject = new Subject<StorageState>(WELL);
  /** Each worker has a connection of its own. */
  readonly #connections = new Map<string, StorageState>();
  /** What has happened, until a person has read it. */
  #happened: StorageState | null = null;

  get state(): Observable<StorageState> {
    return this.#subject;
  }

  /** What a worker tells of its connection. */
  hear(role: string, { state, message }: StorageState): void {
    this.#connections.set(role, { state, message });
    this.#show();
  }

  /**
   * The library was deleted and the workers are gone.
   *
   * @param again how many files are being added again
   * @param lost how many waited and are not at hand any more
   */
  deleted(again: number, lost: number): void {
    this.#connections.clear();
    const parts = [DELETED];
    if (again > 0) parts.push(`Akin started over with the ${files(again)} you were importing.`);
    if (lost > 0) parts.push(`${files(lost)} still waiting can’t be added; see “not read”.`);
    this.#happened = { state: 'deleted', message: parts.join(' ') };
    this.#show();
  }

  /** An earlier visit ended before all files that it was given were stored. */
  interrupted(unstored: number): void {
    if (unstored === 0) return;
    const message = `Akin was closed before it could save ${files(unstored)} you were importing. Add the same files or folder again; photos that are already here are skipped.`;
    this.#happened = { state: 'interrupted', message };
    this.#show();
  }

  /** A person has read what happened. */
  dismiss(): void {
    this.#happened = null;
    this.#show();
  }

  #show(): void {
    const unwell = [...this.#connections.values()].find((each) => each.state !== 'ok');
    this.#subject.set(unwell ?? this.#happened ?? WELL);
  }
}

function files(count: number): string {
  return count === 1 ? '1 file' : `${count.toLocaleString('en-US')} files`;
}
