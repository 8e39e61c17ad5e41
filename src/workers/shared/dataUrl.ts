/** Characters put together at once: `apply` takes so many arguments everywhere. */
const PART = 8192;

/**
 * A thumbnail or face crop as a `data:` URL, which an image element takes as it is. The type is one
 * that we write, WebP or JPEG, whatever the bytes are: none that a browser would run.
 */
export function imageUrl(bytes: Uint8Array): string {
  const type = bytes[0] === 0xff ? 'image/jpeg' : 'image/webp';
  let binary = '';
  for (let from = 0; from < bytes.length; from += PART) {
    binary += String.fromCharCode.apply(
      null,
      bytes.subarray(from, from + PART) as unknown as number[],
    );
  }
  return `data:${type};base64,${btoa(binary)}`;
}
