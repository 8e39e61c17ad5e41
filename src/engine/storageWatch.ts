import type { StorageState } from './api.ts';
import { type Observable, Subject } from './observable.ts';

const WELL: StorageState = { state: 'ok', message: '' };
const DELETED =
  'Your browser deleted the photos in Akin, because site data was cleared or this device ran out of space. Your own files are still where they were.';

/** Whether the store is well, as the tab's workers find it, and what a person has to know of it. */
export class StorageWatch {
  readonly #subject = new Subject<StorageState>(WELL);
  /** Each worker has a connection of its own. */
  readonly #connections = new Map<string, StorageState>();
  #deleted: StorageState | null = null;

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
    if (again > 0) parts.push(`Akin is adding ${files(again)} from the current import again.`);
    if (lost > 0) parts.push(`${files(lost)} still waiting can’t be added; see “not read”.`);
    this.#deleted = { state: 'deleted', message: parts.join(' ') };
    this.#show();
  }

  /** A person has read that the library was deleted. */
  dismiss(): void {
    this.#deleted = null;
    this.#show();
  }

  #show(): void {
    const unwell = [...this.#connections.values()].find((each) => each.state !== 'ok');
    this.#subject.set(unwell ?? this.#deleted ?? WELL);
  }
}

function files(count: number): string {
  return count === 1 ? '1 file' : `${count.toLocaleString('en-US')} files`;
}
