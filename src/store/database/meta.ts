import type { Connection } from './connection.ts';

/** Settings and marks by name. Values are plain data; who reads one checks it. */
export class Meta {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** What was set under this name, `undefined` where nothing was. */
  get(name: string): Promise<unknown> {
    return this.#connection.run(['meta'], 'readonly', (tx) => tx.objectStore('meta').get(name));
  }

  async set(name: string, value: unknown): Promise<void> {
    await this.#connection.run(['meta'], 'readwrite', (tx) =>
      tx.objectStore('meta').put(value, name),
    );
  }

  /**
   * What was set under this name where it is right, else `fresh`, which is set then. One transaction:
   * two tabs that ask at once get the same.
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

  /** Changes what was set under this name, in one transaction; `undefined` removes it. */
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
