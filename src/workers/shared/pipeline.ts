/**
 * Maps a stream, running up to `width` items concurrently (`width` may change) and yielding results
 * in source order. Reads no further ahead, so memory stays bounded. A rejection of `map` ends the
 * stream.
 */
export async function* mapAhead<T, R>(
  source: AsyncIterable<T>,
  width: number | (() => number),
  map: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const most = typeof width === 'number' ? () => width : width;
  const iterator = source[Symbol.asyncIterator]();
  const running: Promise<R>[] = [];
  let next = iterator.next();
  let ended = false;
  try {
    for (;;) {
      while (!ended && running.length < most()) {
        // While items are running, a slow source must not delay their results.
        const first = running[0];
        const step = await (first ? Promise.race([next, first.then(() => null)]) : next);
        if (step === null) break;
        if (step.done) {
          ended = true;
          break;
        }
        const result = map(step.value);
        result.catch(() => {}); /* handled when its turn comes */
        running.push(result);
        next = iterator.next();
      }
      const result = running.shift();
      if (result === undefined) return;
      yield await result;
    }
  } finally {
    // The source may still be waiting in `next`; it is closed when that ends.
    next.catch(() => {});
    void iterator.return?.();
    await Promise.allSettled(running);
  }
}

/** Groups a stream into chunks of `size`; the last may be smaller, and none is empty. */
export async function* chunk<T>(source: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let group: T[] = [];
  for await (const item of source) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}

/** Drops `null` items. */
export async function* present<T>(stream: AsyncIterable<T | null>): AsyncGenerator<T> {
  for await (const item of stream) if (item !== null) yield item;
}
