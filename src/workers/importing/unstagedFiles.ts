import type { Meta } from '../../store/index.ts';

const NAME = 'import.unstaged';

/** Files by tab. Validated when read back. */
type Counts = Readonly<Record<string, number>>;

function countsOf(kept: unknown): Counts {
  if (typeof kept !== 'object' || kept === null) return {};
  const entries = Object.entries(kept).filter(([, files]) => Number.isSafeInteger(files));
  return Object.fromEntries(entries.filter(([, files]) => files > 0));
}

const orNothing = (counts: Counts) => (Object.keys(counts).length > 0 ? counts : undefined);

/**
 * Records how many of a tab's files are not stored yet. Only the tab holds them: if it is closed or
 * killed, the next one can report that they have to be added again.
 */
export class UnstagedFiles {
  readonly #meta: Meta;
  readonly #tab: string;
  #files = 0;
  #written = 0;
  #writing: Promise<void> | null = null;

  constructor(meta: Meta, tab: string) {
    this.#meta = meta;
    this.#tab = tab;
  }

  /** Called often; writes are sequential, and the last value is always written. */
  note(files: number): void {
    this.#files = files;
    this.#writing ??= this.#write()
      // E.g. on a full disk: the record is then too low, but nothing is lost.
      .catch(() => {})
      .finally(() => {
        this.#writing = null;
      });
  }

  /** Resolves when the last value is written. */
  async settled(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    while (this.#written !== this.#files) {
      const files = this.#files;
      await this.#meta.update(NAME, (kept) => {
        const { [this.#tab]: _, ...others } = countsOf(kept);
        return orNothing(files > 0 ? { ...others, [this.#tab]: files } : others);
      });
      this.#written = files;
    }
  }
}

/** How many files closed tabs had not stored; each is reported once. */
export async function takeInterrupted(
  meta: Meta,
  isAlive: (tab: string) => boolean,
): Promise<number> {
  let files = 0;
  if ((await meta.get(NAME)) === undefined) return 0;
  await meta.update(NAME, (kept) => {
    const entries = Object.entries(countsOf(kept));
    for (const [tab, count] of entries) if (!isAlive(tab)) files += count;
    return orNothing(Object.fromEntries(entries.filter(([tab]) => isAlive(tab))));
  });
  return files;
}
