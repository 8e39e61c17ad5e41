/**
 * Maps a stream with up to `width` items under way at once, which may change, giving results in the order of the
 * source. It reads ahead no further than that, so memory stays bounded. A rejection of
 * `map` ends the stream with it.
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
        // With something under way, a source that has nothing yet must not hold its result up.
        const first = running[0];
        const step = await (first ? Promise.race([next, first.then(() => null)]) : next);
        if (step === null) break;
        if (step.done) {
          ended = true;
          break;
        }
        const result = map(step.value);
        result.catch(() => {}); /* looked at when its turn comes */
        running.push(result);
        next = iterator.next();
      }
      const result = running.shift();
      if (result === undefined) return;
      yield await result;
    }
  } finally {
    // The source may be waiting in `next`; its own end closes it.
    next.catch(() => {});
    void iterator.return?.();
    await Promise.allSettled(running);
  }
}

/** Groups a stream by `size`; the last group may be smaller, and none is empty. */
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

/** Leaves out what came to nothing. */
export async function* present<T>(stream: AsyncIterable<T | null>): AsyncGenerator<T> {
  for await (const item of stream) if (item !== null) yield item;
}
