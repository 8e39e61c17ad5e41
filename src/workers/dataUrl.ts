/** Characters put together at once: `apply` takes so many arguments everywhere. */
const PART = 8192;

/**
 * `bytes` as a `data:` URL, which an image element takes as it is. The type is one of ours, whatever
 * the bytes are: none that a browser would run.
 */
export function dataUrl(type: 'image/webp' | 'image/jpeg', bytes: Uint8Array): string {
  let binary = '';
  for (let from = 0; from < bytes.length; from += PART) {
    binary += String.fromCharCode.apply(
      null,
      bytes.subarray(from, from + PART) as unknown as number[],
    );
  }
  return `data:${type};base64,${btoa(binary)}`;
}
