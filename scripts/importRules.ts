const VISION = ['vision', 'vision/headers/sniff.ts'];

/**
 * What each folder or file of `src` may import, types included; the longest matching name applies.
 * A name covers everything below it without its own rule; with `/**` it covers everything below it.
 * `npm:` marks a package. A folder may always import itself. See docs/architecture.md.
 */
export const IMPORT_RULES: Readonly<Record<string, readonly string[]>> = {
  base: [],

  ann: ['base', 'ann/**'],
  'ann/kernels': ['base'],
  'ann/quantizer': ['base', 'ann/kernels'],
  'ann/format': ['base'],
  'ann/eval': ['base', 'ann/kernels', 'ann/index'],
  // Shared by all index types, which never import one another.
  'ann/index': ['base', 'ann/kernels', 'ann/quantizer', 'ann/format'],
  // Knows all index types, for outside use.
  'ann/index/kinds.ts': ['ann/format', 'ann/index', ...families()],
  'ann/index/load.ts': ['base', 'ann/kernels', 'ann/format', 'ann/index', 'ann/index/kinds.ts'],
  'ann/index/savedSpec.ts': ['ann/format', 'ann/index', 'ann/index/kinds.ts'],
  'ann/index/train.ts': [
    ...['base', 'ann/kernels', 'ann/quantizer', 'ann/format'],
    ...['ann/index', 'ann/index/kinds.ts'],
  ],
  // Joins a set with itself, cell by cell.
  'ann/graph': ['base', 'ann/kernels', 'ann/quantizer', 'ann/index'],
  ...Object.fromEntries(
    families().map((name) => [
      name,
      ['base', 'ann/kernels', 'ann/quantizer', 'ann/format', 'ann/index'],
    ]),
  ),
  // Contains segments of any index type; the delta is a flat index.
  'ann/index/segmented': [
    ...['base', 'ann/kernels', 'ann/format', 'ann/index'],
    ...['ann/index/load.ts', 'ann/index/savedSpec.ts', 'ann/index/flat'],
  ],

  query: ['base', 'ann'],
  umap: ['base'],
  metric: ['base', 'metric/trial'],
  'metric/trial': ['base', 'metric'],
  // The trained heads, the only part that needs TensorFlow.js.
  'metric/head': ['base', 'metric', 'metric/trial', 'npm:@tensorflow/tfjs-core'],
  identity: ['base', 'ann', 'metric'],
  // Formats that other tools read.
  portable: ['base', 'npm:fflate', 'npm:hyparquet-writer'],
  vision: [
    ...['base', 'vision/**', 'npm:exifr', 'npm:fflate', 'npm:image-dimensions'],
    ...['cpu', 'wasm', 'webgl', 'webgpu'].map((name) => `npm:@tensorflow/tfjs-backend-${name}`),
    ...['converter', 'core', 'layers'].map((name) => `npm:@tensorflow/tfjs-${name}`),
  ],
  'vision/headers/sniff.ts': ['base', 'vision'],
  store: ['base', 'protocol', 'npm:idb'],
  protocol: ['base', 'ann', 'query'],
  rpc: ['base', 'protocol', 'npm:comlink'],

  // Entry points.
  workers: ['base', 'ann', 'store', 'protocol', 'rpc', ...VISION, 'workers/**'],
  'workers/shared': ['base', 'ann/**', 'query', 'metric', 'identity', 'store', 'protocol'],
  'workers/dates': ['protocol', ...VISION],
  'workers/nets': ['base', 'store', 'protocol', 'rpc', ...VISION],
  // Built-in models are described beside their weights.
  'workers/models': ['base', 'store', 'protocol', ...VISION, 'workers/nets', '../models'],
  'workers/training': ['base', 'ann', 'store', 'protocol', 'rpc', 'workers/shared'],
  'workers/indexing': [
    ...['base', 'ann', 'store', 'protocol'],
    ...['workers/shared', 'workers/training'],
  ],
  'workers/calibrations': [
    ...['base', 'metric', 'store', 'protocol', ...VISION],
    ...['workers/shared', 'workers/models', 'workers/indexing'],
  ],
  'workers/faces': ['base', 'store', 'protocol', ...VISION, 'workers/shared'],
  'workers/importing': [
    ...['base', 'store', 'protocol', ...VISION],
    ...['workers/shared', 'workers/dates', 'workers/models', 'workers/faces'],
  ],
  'workers/identity': [
    ...['base', 'ann', 'identity', 'store', 'protocol'],
    ...['workers/shared', 'workers/dates', 'workers/faces'],
    ...['workers/training', 'workers/indexing'],
  ],
  'workers/items': [
    ...['base', 'identity', 'store', 'protocol', 'npm:papaparse'],
    ...['workers/shared', 'workers/indexing'],
  ],
  'workers/pairs': [
    ...['base', 'identity', 'store', 'protocol', ...VISION],
    ...['workers/shared', 'workers/items', 'workers/indexing'],
  ],
  'workers/moving': [
    ...['base', 'query', 'store', 'protocol', ...VISION],
    ...['workers/shared', 'workers/dates', 'workers/models', 'workers/indexing'],
    'workers/calibrations',
  ],
  'workers/words': [
    ...['base', 'query', 'store', 'protocol', ...VISION],
    ...['workers/shared', 'workers/indexing'],
  ],
  'workers/query': [
    ...['base', 'ann', 'query', 'store', 'protocol', ...VISION],
    ...['workers/shared', 'workers/models', 'workers/indexing', 'workers/calibrations'],
    'workers/words',
  ],
  'workers/trial': [
    ...['base', 'store', 'protocol', ...VISION],
    ...['workers/shared', 'workers/models'],
  ],
  'workers/learning': [
    ...['base', 'ann', 'umap', 'metric', 'metric/head', 'store', 'protocol'],
    'workers/shared',
  ],
  'workers/exporting': [
    ...['base', 'portable', 'store', 'protocol'],
    ...['workers/shared', 'workers/words'],
  ],
  'workers/map': [
    ...['base', 'ann', 'umap', 'metric', 'store', 'protocol'],
    ...['workers/shared', 'workers/training', 'workers/indexing'],
  ],
  'workers/lab': [
    ...['base', 'ann', 'store', 'protocol'],
    ...['workers/shared', 'workers/training'],
  ],
  // Opens all the others.
  'workers/library': ['base', 'store', 'protocol', 'rpc', ...VISION, 'workers/**'],

  engine: ['base', 'protocol', 'rpc', 'vision/headers/sniff.ts', 'npm:fflate'],
  ui: [
    ...['engine', 'protocol', 'npm:react', 'npm:uplot'],
    ...['npm:@base-ui/react', 'npm:@tanstack/react-virtual', 'npm:use-intl', 'npm:d3-delaunay'],
  ],
  pwa: ['base', ...['precaching', 'routing', 'window'].map((name) => `npm:workbox-${name}`)],
  'main.tsx': ['engine', 'ui', 'pwa', 'npm:react', 'npm:react-dom'],
};

/** Folders of index types. */
function families(): string[] {
  return ['flat', 'coded', 'lopq', 'tree', 'hash'].map((name) => `ann/index/${name}`);
}
