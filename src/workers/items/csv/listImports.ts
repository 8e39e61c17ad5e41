import type { Items } from '../../../identity/index.ts';
import type { ItemImportReport, ListProgress } from '../../../protocol/index.ts';
import { throwIfAborted, yieldToEventLoop } from '../../shared/yieldToEventLoop.ts';
import type { ItemLibrary } from '../itemLibrary.ts';
import { type ListAssertions, listAssertions } from './listAssertions.ts';
import { readList } from './readList.ts';

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
      const from = (now: Items) =>
        listAssertions(list, now, names.files, () => crypto.randomUUID());
      const made = await this.#inSlices(call, list.rows.length, from(items), signal);
      throwIfAborted(signal);
      if (made.assertions.length === 0) return { ...made.report, entry: null };
      this.#report(call, { step: 'saving' });
      let saved = made;
      const entry = await this.#library.log.append(() => {
        // They changed while the rows were matched: what the list adds to the items of now.
        if (this.#library.items !== items) saved = atOnce(from(this.#library.items));
        return saved.assertions;
      }, Date.now());
      return { ...saved.report, entry };
    } finally {
      this.#running.delete(call);
    }
  }

  async #inSlices(
    call: string,
    total: number,
    making: Generator<number, ListAssertions, void>,
    signal: AbortSignal,
  ): Promise<ListAssertions> {
    for (;;) {
      const step = making.next();
      if (step.done) return step.value;
      this.#report(call, { step: 'matching', done: step.value, total });
      await yieldToEventLoop();
      throwIfAborted(signal);
    }
  }
}

function atOnce<T>(making: Generator<number, T, void>): T {
  for (;;) {
    const step = making.next();
    if (step.done) return step.value;
  }
}
