/**
 * An original as it is kept: a `Blob`, which the browser keeps as a file beside the database, or where
 * it can't, as in the private windows of WebKit, its bytes and what they are.
 */
export type StoredOriginal = Blob | { readonly bytes: ArrayBuffer; readonly type: string };

/** What was read as an original, `undefined` where it is none. */
export function originalOf(value: unknown): Blob | undefined {
  if (value instanceof Blob) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const { bytes, type } = value as { readonly bytes?: unknown; readonly type?: unknown };
  if (!(bytes instanceof ArrayBuffer) || typeof type !== 'string') return undefined;
  return new Blob([bytes], { type });
}
