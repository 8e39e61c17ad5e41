import { AkinError } from '../../base/errors.ts';
import { checkBytes } from '../manifest.ts';
import type { ModelFiles } from '../models.ts';
import type { NetSpec } from './spec.ts';

/**
 * A net's files in memory, checked against its spec before use, as served ones are against the
 * manifest.
 */
export function memoryFiles(
  { id, files }: Pick<NetSpec, 'id' | 'files'>,
  held: Readonly<Record<string, ArrayBuffer>>,
): ModelFiles {
  const find = (path: string) => {
    const name = path.startsWith(`${id}/`) ? path.slice(id.length + 1) : '';
    const entry = Object.hasOwn(files, name) ? files[name] : undefined;
    const buffer = Object.hasOwn(held, name) ? held[name] : undefined;
    if (entry && buffer) return { entry, buffer };
    throw new AkinError('model-missing', `The model lacks its file ${name || path}. Add it again.`);
  };
  const bytes = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
    const { entry, buffer } = find(path);
    const content = new Uint8Array(buffer);
    await checkBytes(path, content, entry);
    return content;
  };
  return {
    sha256: (path) => find(path).entry.sha256,
    bytes,
    json: async (path) => JSON.parse(new TextDecoder().decode(await bytes(path))) as unknown,
  };
}
