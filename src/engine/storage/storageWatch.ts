import type { ConnectionState } from '../../protocol/index.ts';
import type { StorageState } from '../api.ts';
import { type Observable, Subject } from '../observable.ts';

const WELL: StorageState = { state: 'ok' };

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
  hear(role: string, state: ConnectionState): void {
    this.#connections.set(role, { state });
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
    this.#happened = { state: 'deleted', again, lost };
    this.#show();
  }

  /** An earlier visit ended before all files that it was given were stored. */
  interrupted(unstored: number): void {
    if (unstored === 0) return;
    this.#happened = { state: 'interrupted', files: unstored };
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
