import lite1 from '../../../models/efficientnet-lite1/spec.json';
import lite2 from '../../../models/efficientnet-lite2/spec.json';
import { type NetSpec, readNetSpec } from '../../vision/nets/spec.ts';
import type { Model } from './model.ts';
import { detailedSpace, visualSpace } from './visualSpace.ts';

const builtIn = (
  id: string,
  title: string,
  space: Model['space'],
  nets: readonly NetSpec[],
): Model => ({
  id,
  title,
  kind: 'built-in',
  space,
  inputs: nets.map(({ input }) => input),
  hasMap: nets.every(({ tap }) => tap.pooling !== 'none'),
  bytes: nets
    .flatMap(({ files }) => Object.values(files))
    .reduce((sum, { bytes }) => sum + bytes, 0),
  addedAt: null,
});

/** The default model. */
export const standardModel = builtIn('visual-v2', 'Standard', visualSpace, [readNetSpec(lite1)]);

/** Finds more similar photos but is slower; downloaded when chosen. */
export const detailedModel = builtIn('visual-v2-detailed', 'Detailed', detailedSpace, [
  readNetSpec(lite1),
  readNetSpec(lite2),
]);

/** The models that Akin ships. */
export const builtInModels: readonly Model[] = [standardModel, detailedModel];
