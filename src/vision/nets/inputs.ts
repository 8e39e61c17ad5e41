import lite1 from '../../../models/efficientnet-lite1/spec.json';
import type { ModelSource } from './model.ts';
import { type NetInputSpec, readNetSpec } from './spec.ts';

/** What the nets of the built-in models are shown, known without loading them. */
const BUILT_IN: Readonly<Record<string, readonly NetInputSpec[]>> = {
  'visual-v2': [readNetSpec(lite1).input],
};

/** What the nets of a model are shown of a photo, one input a part: for `prepare`. */
export function inputsOf(model: ModelSource): readonly NetInputSpec[] {
  if (model.kind === 'user') return [model.spec.input];
  const inputs = Object.hasOwn(BUILT_IN, model.id) ? BUILT_IN[model.id] : undefined;
  if (!inputs) throw new RangeError(`There is no model ${model.id}.`);
  return inputs;
}
