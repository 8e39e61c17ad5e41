import { AkinError } from '../../base/errors.ts';
import { isRecord } from '../../base/isRecord.ts';

/** How a picture is converted to a net's input. */
export interface NetInputSpec {
  /** Name of the graph's input. */
  readonly name: string;
  /** Pixels of the short side; of both, if the aspect ratio isn't preserved. */
  readonly side: number;
  /**
   * `keep`: the whole picture, short side `side`, in the next smaller of a few shapes; `crop`: its
   * largest centered square; `squash`: the whole picture, stretched to a square.
   */
  readonly aspect: 'keep' | 'crop' | 'squash';
  /** With `keep`: available long sides, ascending from `side`; longer pictures are cropped. */
  readonly longSides: readonly number[];
  readonly layout: 'nhwc' | 'nchw';
  readonly channels: 'rgb' | 'bgr';
  /** An input value is `(byte - subtract) / divide`. */
  readonly subtract: number;
  readonly divide: number;
}

/** Where a net's features are read, and how they are pooled. */
export interface NetTapSpec {
  /** Name of the graph's output or of an inner node. */
  readonly name: string;
  readonly dims: number;
  /**
   * `mean`: over the whole map; `central-square`: over the map's central square; `none`: the tap
   * gives one vector per picture.
   */
  readonly pooling: 'mean' | 'central-square' | 'none';
}

/** The classifier of a net, if any. */
export interface NetClassesSpec {
  /** Name of the output with the logits. */
  readonly name: string;
  /** Node that takes the pooled features. */
  readonly from: string;
  /** Names of its weights `[dims, count]` and `[count]`. */
  readonly kernel: string;
  readonly bias: string;
  readonly count: number;
}

/** Everything needed to run a net: `models/<id>/spec.json`. Nets differ in nothing else. */
export interface NetSpec {
  readonly version: 1;
  readonly id: string;
  readonly title: string;
  readonly format: 'graph-model' | 'layers-model';
  /** SPDX identifier. */
  readonly license: string;
  readonly input: NetInputSpec;
  readonly tap: NetTapSpec;
  readonly classes: NetClassesSpec | null;
  /** The net's files, `model.json` first, with their bytes and SHA-256 in hex. */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

/** Maximum side of a net's input, and dimensions of its vector. */
export const MAX_SIDE = 1024;
export const MAX_DIMS = 16_384;
const MAX_CLASSES = 65_536;
const MAX_SHAPES = 3;

const isCount = (value: unknown, most: number): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;

const isName = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 500;

function isInput(value: unknown): value is NetInputSpec {
  if (!isRecord(value)) return false;
  const { name, side, aspect, longSides, layout, channels, subtract, divide } = value;
  const sides =
    Array.isArray(longSides) &&
    longSides.length >= 1 &&
    longSides.length <= MAX_SHAPES &&
    longSides[0] === side &&
    longSides.every((long, i) => isCount(long, MAX_SIDE) && (i === 0 || long > longSides[i - 1]));
  return (
    isName(name) &&
    isCount(side, MAX_SIDE) &&
    ['keep', 'crop', 'squash'].includes(aspect as string) &&
    sides &&
    ['nhwc', 'nchw'].includes(layout as string) &&
    ['rgb', 'bgr'].includes(channels as string) &&
    Number.isFinite(subtract) &&
    Number.isFinite(divide) &&
    divide !== 0
  );
}

const isTap = (value: unknown): value is NetTapSpec =>
  isRecord(value) &&
  isName(value.name) &&
  isCount(value.dims, MAX_DIMS) &&
  ['mean', 'central-square', 'none'].includes(value.pooling as string);

const isClasses = (value: unknown): value is NetClassesSpec =>
  isRecord(value) &&
  [value.name, value.from, value.kernel, value.bias].every(isName) &&
  isCount(value.count, MAX_CLASSES);

const isFiles = (value: unknown): value is NetSpec['files'] =>
  isRecord(value) &&
  Object.entries(value).every(
    ([path, file]) =>
      /^[\w-]+\.[\w.-]+$/.test(path) &&
      isRecord(file) &&
      isCount(file.bytes, 2 ** 31) &&
      /^[0-9a-f]{64}$/.test(String(file.sha256)),
  );

/**
 * Checks a parsed `spec.json`.
 *
 * @throws AkinError `model-corrupt`
 */
export function readNetSpec(json: unknown): NetSpec {
  const refuse = (what: string): never => {
    throw new AkinError(
      'model-corrupt',
      `The description of a model is damaged (${what}). Reload the page; if that does not help, install Akin again.`,
    );
  };
  if (!isRecord(json) || json.version !== 1) return refuse('version');
  if (typeof json.id !== 'string' || !/^[a-z0-9][a-z0-9-]{0,63}$/.test(json.id)) {
    return refuse('id');
  }
  if (!isName(json.title) || !isName(json.license)) return refuse('title');
  if (json.format !== 'graph-model' && json.format !== 'layers-model') return refuse('format');
  if (!isInput(json.input)) return refuse('input');
  if (!isTap(json.tap)) return refuse('tap');
  if (json.classes !== null && !isClasses(json.classes)) return refuse('classes');
  if (!isFiles(json.files) || !('model.json' in json.files)) return refuse('files');
  return json as unknown as NetSpec;
}
