/**
 * An original as stored: a `Blob`, which the browser keeps as a file beside the database, or its
 * bytes and type where blobs can't be stored, as in WebKit's private windows.
 */
export type StoredOriginal = Blob | { readonly bytes: ArrayBuffer; readonly type: string };

/** Parses a stored original; `undefined` if malformed. */
export function originalOf(value: unknown): Blob | undefined {
  if (value instanceof Blob) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { bytes, type } = value as { readonly bytes?: unknown; readonly type?: unknown };
  if (!(bytes instanceof ArrayBuffer) || typeof type !== 'string') return undefined;
  return new Blob([bytes], { type });
}
