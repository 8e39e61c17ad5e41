import { type OpenIndexOptions, openIndex } from '../indexing/openIndex.ts';
import type { ModelRegistry } from '../models/modelRegistry.ts';
import type { FormerIndex } from './formerIndexes.ts';

/**
 * Opens the index of a space a library is moving from. Its work isn't reported, since it ends soon.
 */
export function openFormer(
  models: Pick<ModelRegistry, 'space'>,
  options: Omit<OpenIndexOptions, 'space' | 'report'>,
): (spaceId: string) => Promise<FormerIndex | null> {
  return async (spaceId) => {
    const space = await models.space(spaceId);
    if (!space) return null;
    const { index, maintainer } = await openIndex({ ...options, space, report: () => {} });
    return { space, index, maintainer };
  };
}
