import type { ItemImportReport, ListProgress } from '../../../protocol/index.ts';
import { throwIfAborted, yieldToEventLoop } from '../../shared/yieldToEventLoop.ts';
import type { ItemLibrary } from '../itemLibrary.ts';
import { type ListAssertions, listAssertions } from './listAssertions.ts';
import { type List, readList } from './readList.ts';

/**
 * Imports lists of items, each as one entry of the log: all of it or, when cancelled before it is
 * saved, nothing.
 */
export class ListImports {
  readonly #library: ItemLibrary;
  readonly #report: (call: string, progress: ListProgress) => void;
  readonly #running = new Map<string, AbortController>();

  constructor(library: ItemLibrary, report: (call: string, progress: ListProgress) => void) {
    this.#library = library;
    this.#report = report;
  }

  /** Cancels an import, unless it is being saved already. */
  cancel(call: string): void {
    this.#running.get(call)?.abort();
  }

  /** @throws AkinError `aborted`, or as `readList` and `StoredLog.append` */
  async run(call: string, file: Blob): Promise<ItemImportReport> {
    const controller = new AbortController();
    const { signal } = controller;
    this.#running.set(call, controller);
    try {
      this.#report(call, { step: 'reading' });
      const list = await readList(file);
      await yieldToEventLoop();
      throwIfAborted(signal);
      const { items, names } = await this.#library.state();
      const make = () => listAssertions(list, items, names.files, () => crypto.randomUUID());
      const made = await this.#inSlices(call, list, make(), signal);
      throwIfAborted(signal);
      return await this.#save(call, list, made);
    } finally {
      this.#running.delete(call);
    }
  }

  async #inSlices(
    call: string,
    list: List,
    making: Generator<number, ListAssertions, void>,
    signal: AbortSignal,
  ): Promise<ListAssertions> {
    const total = list.rows.length;
    for (;;) {
      const step = making.next();
      if (step.done) return step.value;
      this.#report(call, { step: 'matching', done: step.value, total });
      await yieldToEventLoop();
      throwIfAborted(signal);
    }
  }

  async #save(call: string, list: List, made: ListAssertions): Promise<ItemImportReport> {
    if (made.assertions.length === 0) return { ...made.report, entry: null };
    this.#report(call, { step: 'saving' });
    const { log, items } = this.#library;
    const { names } = await this.#library.state();
    let now = made;
    const entry = await log.append(() => {
      // Another tab may have been faster: what the list adds to the items of now.
      if (this.#library.items !== items) {
        const making = listAssertions(list, this.#library.items, names.files, () =>
          crypto.randomUUID(),
        );
        let step = making.next();
        while (!step.done) step = making.next();
        now = step.value;
      }
      return now.assertions;
    }, Date.now());
    return { ...now.report, entry };
  }
}
