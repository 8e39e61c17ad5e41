import type { Connection } from './connection.ts';

/** Settings and marks by name. Values are plain data; the reader validates them. */
export class Meta {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** The value of `name`; `undefined` if unset. */
  get(name: string): Promise<unknown> {
    return this.#connection.run(['meta'], 'readonly', (tx) => tx.objectStore('meta').get(name));
  }

  async set(name: string, value: unknown): Promise<void> {
    await this.#connection.run(['meta'], 'readwrite', (tx) =>
      tx.objectStore('meta').put(value, name),
    );
  }

  /**
   * Returns the value of `name` if valid, else stores and returns `fresh`. One transaction, so
   * concurrent tabs get the same value.
   */
  keep(name: string, fresh: unknown, isRight: (kept: unknown) => boolean): Promise<unknown> {
    return this.#connection.run(['meta'], 'readwrite', async (tx) => {
      const meta = tx.objectStore('meta');
      const kept: unknown = await meta.get(name);
      if (isRight(kept)) return kept;
      await meta.put(fresh, name);
      return fresh;
    });
  }

  /** Updates the value of `name` in one transaction; `undefined` removes it. */
  async update(name: string, change: (kept: unknown) => unknown): Promise<void> {
    await this.#connection.run(['meta'], 'readwrite', async (tx) => {
      const meta = tx.objectStore('meta');
      const next = change(await meta.get(name));
      await (next === undefined ? meta.delete(name) : meta.put(next, name));
    });
  }

  remove(name: string): Promise<void> {
    return this.#connection.run(['meta'], 'readwrite', (tx) => tx.objectStore('meta').delete(name));
  }
}
