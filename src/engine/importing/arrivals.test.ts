import { expect, it } from 'vitest';
import type { ImportItem } from '../../protocol/index.ts';
import { Arrivals } from './arrivals.ts';

const items = (...names: string[]): ImportItem[] =>
  names.map((name) => ({ file: new File([], name) }));
const namesOf = (taken: readonly ImportItem[]) =>
  taken.map((item) => ('file' in item ? item.file.name : item.name));
const never = new AbortController().signal;

/** A source that yields its batches one by one, on demand. */
function folder() {
  let give: (batch: ImportItem[] | null) => void = () => {};
  let closed = false;
  async function* look(): AsyncGenerator<readonly ImportItem[]> {
    try {
      for (;;) {
        const batch = await new Promise<ImportItem[] | null>((resolve) => {
          give = resolve;
        });
        if (!batch) return;
        yield batch;
      }
    } finally {
      closed = true;
    }
  }
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    source: look(),
    give: async (batch: ImportItem[] | null) => {
      await settle();
      give(batch);
      await settle();
    },
    isClosed: () => closed,
  };
}

it('has a known list ready at once and hands it out in batches', async () => {
  const arrivals = new Arrivals(items('a', 'b', 'c'));
  expect(arrivals.open).toBe(false);
  expect(arrivals.takeNews()).toBe(3);
  expect(await arrivals.ready(never)).toBe(true);
  expect(namesOf(arrivals.take(2))).toEqual(['a', 'b']);
  expect(namesOf(arrivals.take(2))).toEqual(['c']);
  expect(await arrivals.ready(never)).toBe(false);
});

it('reads ahead of the consumer and counts new files', async () => {
  const { source, give } = folder();
  const arrivals = new Arrivals(source);
  const first = arrivals.ready(never);
  expect(arrivals.open).toBe(true);
  await give(items('a', 'b'));
  expect(await first).toBe(true);
  await give(items('c'));
  expect(arrivals.news).toBe(3);
  expect(arrivals.takeNews()).toBe(3);
  expect(arrivals.news).toBe(0);
  expect(namesOf(arrivals.take(9))).toEqual(['a', 'b', 'c']);
  const last = arrivals.ready(never);
  await give(null);
  expect(await last).toBe(false);
  expect(arrivals.open).toBe(false);
  expect(arrivals.found).toBe(3);
});

it('returns items put back first and announces waiting items again', () => {
  const arrivals = new Arrivals(items('a', 'b', 'c'));
  arrivals.takeNews();
  arrivals.take(2);
  arrivals.tellAgain();
  expect(arrivals.news).toBe(3);
  arrivals.putBack();
  arrivals.tellAgain();
  expect(arrivals.news).toBe(3);
  expect(namesOf(arrivals.take(9))).toEqual(['a', 'b', 'c']);
});

it('stops waiting and closes its source when the import is canceled', async () => {
  const { source, give, isClosed } = folder();
  const arrivals = new Arrivals(source);
  const cancel = new AbortController();
  const waiting = arrivals.ready(cancel.signal);
  cancel.abort();
  expect(await waiting).toBe(false);
  arrivals.close();
  await give(items('too late'));
  expect(isClosed()).toBe(true);
  expect(arrivals.found).toBe(0);
});

it('hands out what was found before the source failed, then throws its error', async () => {
  async function* broken(): AsyncGenerator<readonly ImportItem[]> {
    yield items('a');
    throw new Error('broken');
  }
  const arrivals = new Arrivals(broken());
  expect(await arrivals.ready(never)).toBe(true);
  expect(namesOf(arrivals.take(9))).toEqual(['a']);
  expect(await arrivals.ready(never)).toBe(false);
  expect(() => arrivals.check()).toThrow('broken');
});
