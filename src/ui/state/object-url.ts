/** Types that foreign bytes may have in this origin: browsers don't execute them. */
const SAFE = /^(?:image\/(?!svg)[\w.-]+|application\/(?:json|octet-stream))$/;

/**
 * Creates an object URL, which the caller must revoke; the only place that does. Opened in a tab,
 * it is a page of Akin's origin, so its type is never taken from the blob.
 *
 * @param type sniffed from the bytes, or of content that Akin generated
 * @throws Error for a type that a browser might execute
 */
export function objectUrl(blob: Blob, type: string): string {
  if (!SAFE.test(type)) throw new Error(`A blob of type ${type} gets no address.`);
  return URL.createObjectURL(blob.type === type ? blob : blob.slice(0, blob.size, type));
}
