import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ModelFiles } from '../../models.ts';

const models = new URL('../../../../models/', import.meta.url);
const read = (path: string) => Uint8Array.from(readFileSync(new URL(path, models)));

/** The files committed under `models/`, as served. */
export const committedFiles: ModelFiles = {
  sha256: (path) => createHash('sha256').update(read(path)).digest('hex'),
  bytes: async (path) => read(path),
  json: async (path) => JSON.parse(new TextDecoder().decode(read(path))) as unknown,
};
