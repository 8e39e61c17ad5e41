import { fileURLToPath } from 'node:url';
import { faceModels } from '../../../../scripts/models/faces.ts';
import type { ModelFiles } from '../../models.ts';

/** The nets' files directly from their packages, prepared by the app's own script. */
export function packageFiles(): ModelFiles {
  const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
  const files = new Map(faceModels(modules).map((file) => [file.path, file]));
  const read = (path: string) => Uint8Array.from(files.get(path)!.read());
  return {
    sha256: (path) => files.get(path)!.sha256!,
    bytes: async (path) => read(path),
    json: async (path) => JSON.parse(new TextDecoder().decode(read(path))) as unknown,
  };
}
