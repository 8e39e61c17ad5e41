/** Deflate expands at most 1,032-fold: 4 MB per portion. */
const PORTION = 4096;

/**
 * Inflates the first `most` bytes of zlib data; fewer if it is shorter or damaged. Produces nothing
 * beyond that.
 */
export async function inflateSome(data: Uint8Array, most: number): Promise<Uint8Array> {
  let at = 0;
  const portions = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        if (at >= data.length) controller.close();
        else controller.enqueue(data.slice(at, at + PORTION));
        at += PORTION;
      },
    },
    { highWaterMark: 0 },
  );
  const inflated = new Uint8Array(most);
  let length = 0;
  const reader = portions.pipeThrough(new DecompressionStream('deflate')).getReader();
  try {
    while (length < most) {
      const { done, value } = await reader.read();
      if (done) break;
      const part = value.subarray(0, most - length);
      inflated.set(part, length);
      length += part.length;
    }
  } catch {
    // Keep what came before the damage.
  }
  await reader.cancel().catch(() => {});
  return inflated.subarray(0, length);
}
