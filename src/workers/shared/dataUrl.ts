/** Characters per `apply` call: a number of arguments every engine accepts. */
const PART = 8192;

/**
 * Encodes a thumbnail or face crop as a `data:` URL for an image element. The type is always one
 * Akin writes, WebP or JPEG, whatever the bytes are: never one a browser would execute.
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
