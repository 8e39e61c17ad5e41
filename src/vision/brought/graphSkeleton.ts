import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { io } from '@tensorflow/tfjs-core';
import { AkinError } from '../../base/errors.ts';
import { listOf } from './explain.ts';
import type { ModelJson } from './readModelJson.ts';
import type { Place, Skeleton } from './skeleton.ts';

/** A node as parsed by TF.js. */
interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** `undefined` for an operation that TF.js lacks. */
  readonly category: string | undefined;
  readonly inputs: readonly GraphNode[];
  readonly attrParams: Readonly<Record<string, { readonly value: unknown }>>;
}

interface Graph {
  readonly nodes: Readonly<Record<string, GraphNode>>;
  readonly inputs: readonly GraphNode[];
  readonly outputs: readonly GraphNode[];
  readonly functions: Readonly<Record<string, { readonly nodes: Graph['nodes'] }>>;
}

/** Their output shapes, or even order, are only known at run time: TF.js awaits them. */
const AWAITED: ReadonlySet<string | undefined> = new Set(['control', 'dynamic', 'hash_table']);

/** Lets TF.js parse the graph without weights, which it needs only at run time. */
async function readGraph({ topology, signature }: ModelJson): Promise<Graph> {
  const model = await loadGraphModel(
    io.fromMemory({
      modelTopology: topology,
      ...(signature && { signature: signature as io.ModelArtifacts['signature'] }),
      weightSpecs: [],
      weightData: new ArrayBuffer(0),
    } as io.ModelArtifacts),
  );
  return (model as unknown as { readonly executor: { readonly graph: Graph } }).executor.graph;
}

function checkKnown({ nodes, functions }: Graph): void {
  const all = [nodes, ...Object.values(functions).map((each) => each.nodes)].flatMap((each) =>
    Object.values(each),
  );
  const unknown = new Set(all.filter(({ category }) => !category).map(({ op }) => op));
  if (unknown.size === 0) return;
  throw new AkinError(
    'model-unknown-op',
    `The model needs operations that TensorFlow.js doesn’t have: ${listOf([...unknown])}. Convert it without them, or choose another model.`,
    { details: { reason: 'ops', names: listOf([...unknown]) } },
  );
}

function checkWeights({ nodes }: Graph, { groups }: ModelJson): void {
  const listed = new Set(groups.flatMap(({ weights }) => weights.map(({ name }) => name)));
  const bare = Object.values(nodes).filter(({ op, name }) => op === 'Const' && !listed.has(name));
  if (bare.length === 0) return;
  throw new AkinError(
    'model-wrong-weights',
    `The model.json lists no weights for ${listOf(bare.map(({ name }) => name))}. Convert the model to TensorFlow.js again.`,
  );
}

/** Sorts the nodes topologically. @throws AkinError for a cyclic graph */
function ordered(nodes: readonly GraphNode[]): GraphNode[] {
  const order: GraphNode[] = [];
  const waits = new Map(nodes.map((node) => [node, node.inputs.length]));
  const children = new Map<GraphNode, GraphNode[]>();
  for (const node of nodes) {
    for (const input of node.inputs) {
      const known = children.get(input);
      if (known) known.push(node);
      else children.set(input, [node]);
    }
  }
  const ready = nodes.filter(({ inputs }) => inputs.length === 0);
  for (let node = ready.pop(); node; node = ready.pop()) {
    order.push(node);
    for (const child of children.get(node) ?? []) {
      const left = waits.get(child)! - 1;
      waits.set(child, left);
      if (left === 0) ready.push(child);
    }
  }
  return order;
}

/** The nodes that depend on the picture and can run without awaiting anything. */
function placesOf(graph: Graph, input: GraphNode): Place[] {
  const place = new Map(Object.keys(graph.nodes).map((name, i) => [name, i]));
  const seen = new Set<GraphNode>([input]);
  const awaited = new Set<GraphNode>();
  const places: Place[] = [];
  for (const node of ordered(Object.values(graph.nodes))) {
    const isAwaited = AWAITED.has(node.category) || node.inputs.some((each) => awaited.has(each));
    if (isAwaited) awaited.add(node);
    if (isAwaited || !node.inputs.some((each) => seen.has(each))) continue;
    seen.add(node);
    const from = node.inputs.filter((each) => seen.has(each)).map(({ name }) => name);
    const constants = node.inputs.filter(({ op }) => op === 'Const').map(({ name }) => name);
    places.push({ name: node.name, op: node.op, from, constants });
  }
  // Prefer the file's order if it is executable: the order in which it was built.
  const at = (name: string) => place.get(name) ?? 0;
  const runs = places.every(({ name, from }) => from.every((each) => at(each) < at(name)));
  return runs ? places.sort((a, b) => at(a.name) - at(b.name)) : places;
}

function inputOf({ inputs }: Graph): GraphNode {
  // Others have a default value, such as whether the model is training.
  const fed = inputs.filter(({ op }) => op === 'Placeholder');
  const [input] = fed;
  if (input && fed.length === 1) return input;
  throw new AkinError(
    'model-wrong-input',
    fed.length === 0
      ? 'The model takes no input. Akin needs a model that takes one picture.'
      : `The model takes ${fed.length} inputs (${listOf(fed.map(({ name }) => name))}). Akin needs a model that takes one picture.`,
    { details: { reason: 'inputs', count: fed.length } },
  );
}

const sides = (value: unknown): (number | null)[] | null =>
  Array.isArray(value) && value.every((side) => Number.isInteger(side))
    ? value.map((side: number) => (side < 0 ? null : side))
    : null;

/** An input's shape from the model's signature, if the graph has none. */
function signedShape(name: string, { signature }: ModelJson): (number | null)[] | null {
  const inputs = Object.values((signature?.inputs ?? {}) as Record<string, unknown>) as {
    readonly name?: unknown;
    readonly tensorShape?: { readonly dim?: readonly { readonly size?: unknown }[] };
  }[];
  const found = inputs.find((each) => String(each?.name).split(':')[0] === name);
  const dim = found?.tensorShape?.dim;
  return Array.isArray(dim) && dim.length > 0
    ? sides(dim.map((each: { size?: unknown } | null) => Number(each?.size ?? -1)))
    : null;
}

/**
 * Reads the structure of a graph model, without allocating its weights.
 *
 * @throws AkinError `model-unknown-op`, `model-wrong-input`, `model-wrong-weights`; whatever TF.js
 *   throws
 */
export async function graphSkeleton(model: ModelJson): Promise<Skeleton> {
  const graph = await readGraph(model);
  checkKnown(graph);
  checkWeights(graph, model);
  const input = inputOf(graph);
  const places = placesOf(graph, input);
  const names = new Set(places.map(({ name }) => name));
  const outputs = graph.outputs.map(({ name, category }) => ({
    name,
    problem: names.has(name)
      ? null
      : new AkinError(
          'model-no-output',
          AWAITED.has(category)
            ? `TensorFlow.js can’t run ${name} at once.`
            : `${name} doesn’t depend on the picture alone, or not at once.`,
          { details: { reason: AWAITED.has(category) ? 'awaited' : 'alone', name } },
        ),
  }));
  const shape = sides(input.attrParams.shape?.value) ?? signedShape(input.name, model);
  return {
    input: { name: input.name, shape: shape?.length === 0 ? null : shape },
    places,
    outputs,
  };
}
