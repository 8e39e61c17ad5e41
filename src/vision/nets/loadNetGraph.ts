import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import { cast, io, type Tensor } from '@tensorflow/tfjs-core';
import type { NetGraph } from './netGraph.ts';
import type { NetSpec } from './spec.ts';

function graphNet(graph: GraphModel): NetGraph {
  const inputs = new Map(graph.inputs.map((input) => [input.name, input]));
  const batch = graph.inputs[0]?.shape?.[0] ?? -1;
  return {
    batch: batch > 0 ? batch : null,
    execute(feeds, names) {
      // Inputs are floats; a graph may start with bytes, which TF.js stores as integers.
      const typed = Object.entries(feeds).map(([name, tensor]) => {
        const dtype = inputs.get(name)?.dtype;
        return [name, dtype === 'int32' ? cast(tensor, 'int32') : tensor] as const;
      });
      const answer = graph.execute(Object.fromEntries(typed), [...names]);
      return Array.isArray(answer) ? answer : [answer as Tensor];
    },
    dispose: () => graph.dispose(),
  };
}

/**
 * Loads a model on TF.js's current backend. The code for layers models is fetched with the first
 * one.
 */
export async function loadNetGraph(
  artifacts: io.ModelArtifacts,
  format: NetSpec['format'],
): Promise<NetGraph> {
  if (format === 'layers-model') return (await import('./layersNet.ts')).loadLayersNet(artifacts);
  return graphNet(await loadGraphModel(io.fromMemory(artifacts)));
}
