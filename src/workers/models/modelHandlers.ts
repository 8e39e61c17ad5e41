import type { AkinEvent, Handlers, ModelsContract } from '../../protocol/index.ts';
import { detailedModel } from './builtIn.ts';
import { fetchModel } from './fetchModel.ts';
import type { ModelRegistry } from './modelRegistry.ts';

export interface ModelHandlersOptions {
  readonly models: () => Promise<ModelRegistry>;
  readonly modelsUrl: string;
  readonly broadcast: (event: AkinEvent) => void;
  /** Called when another model is in use. */
  readonly follow: () => Promise<void>;
}

/** The page's calls about models. */
export function modelHandlers(options: ModelHandlersOptions): Handlers<ModelsContract> {
  const { models, modelsUrl, broadcast, follow } = options;
  return {
    listModels: async () => (await models()).list(),
    async chooseModel(_signal, id) {
      if (id === detailedModel.id) await fetchModel(modelsUrl, id);
      await (await models()).choose(id);
      broadcast({ type: 'model-chosen', id });
      await follow();
    },
    async removeModel(_signal, id) {
      await (await models()).remove(id);
      broadcast({ type: 'models' });
    },
  };
}
