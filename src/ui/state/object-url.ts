/** Types under which bytes of others may lie in this origin: a browser runs nothing of them. */
const SAFE = /^(?:image\/(?!svg)[\w.-]+|application\/(?:json|octet-stream))$/;

/**
 * The address of a blob, to be revoked; the only place that makes one. Opened in a tab of its own, it
 * is a page of Akin's origin, so its type is never the one that the blob came with.
 *
 * @param type sniffed from its bytes, or of what Akin wrote itself
 * @throws Error for a type that a browser might run
 */
export function objectUrl(blob: Blob, type: string): string {
  if (!SAFE.test(type)) throw new Error(`A blob of type ${type} gets no address.`);
  return URL.createObjectURL(blob.type === type ? blob : blob.slice(0, blob.size, type));
}
