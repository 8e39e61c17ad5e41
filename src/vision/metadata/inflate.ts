/** Deflate makes at most 1,032 times as much of what it is given: 4 MB of a portion. */
const PORTION = 4096;

/**
 * The first `most` bytes of what zlib data stands for; fewer where there are fewer, or where it is
 * damaged. Whatever else the data would become is never made.
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
    // What came before the damage stands.
  }
  await reader.cancel().catch(() => {});
  return inflated.subarray(0, length);
}
