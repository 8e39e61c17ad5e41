import { createHash } from 'node:crypto';

/** Hex SHA-256 of the concatenated parts. */
export function sha256(...parts: (Uint8Array | string)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
