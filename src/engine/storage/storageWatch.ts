import type { ConnectionState } from '../../protocol/index.ts';
import type { StorageState } from '../api.ts';
import { type Observable, Subject } from '../observable.ts';

const WELL: StorageState = { state: 'ok' };

/** Health of the store as this tab's workers report it, and what the user has to know about it. */
export class StorageWatch {
  readonly #subject = new Subject<StorageState>(WELL);
  /** Per worker, since each has its own connection. */
  readonly #connections = new Map<string, StorageState>();
  /** The last incident, until the user dismisses it. */
  #happened: StorageState | null = null;

  get state(): Observable<StorageState> {
    return this.#subject;
  }

  /** Records the connection state a worker reports. */
  hear(role: string, state: ConnectionState): void {
    this.#connections.set(role, { state });
    this.#show();
  }

  /**
   * The library was deleted and its workers are gone.
   *
   * @param again number of files being imported again
   * @param lost number of waiting files that are no longer at hand
   */
  deleted(again: number, lost: number): void {
    this.#connections.clear();
    this.#happened = { state: 'deleted', again, lost };
    this.#show();
  }

  /** An earlier visit ended before all its files were stored. */
  interrupted(unstored: number): void {
    if (unstored === 0) return;
    this.#happened = { state: 'interrupted', files: unstored };
    this.#show();
  }

  /** Dismisses the message. */
  dismiss(): void {
    this.#happened = null;
    this.#show();
  }

  #show(): void {
    const unwell = [...this.#connections.values()].find((each) => each.state !== 'ok');
    this.#subject.set(unwell ?? this.#happened ?? WELL);
  }
}
