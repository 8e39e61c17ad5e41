import type { IndexChoice, IndexSpec } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { bytes, count } from '../format.ts';
import { graphFields } from './graph-fields.ts';
import { codeBits, hashTables } from './hash-fields.ts';
import type { FieldOption, SpecField } from './spec-field.ts';
import { forestTrees, leafSize } from './tree-fields.ts';

export type { SpecField } from './spec-field.ts';

/** Defaults of unset parameters that don't depend on the library. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  store: 'float32',
  rerank: 'sq8',
  coarse: 'single',
  codebooks: 'shared',
  seed: 1,
};

export const MAX_SEED = 2 ** 32 - 1;

const LEAST_CELLS = 4;
/** Minimum photos per cell for a meaningful centroid. */
const PHOTOS_A_CELL = 4;
const MOST_CELLS = 65_536;
/** LOPQ stores d × d numbers per cell. */
const MOST_TURNED_CELLS = 1024;
/** In a multi-index, `nlist` counts the cells of each half: there are nlist² cells in total. */
const MOST_HALF_CELLS = 256;
/** Maximum components per sub-quantizer; beyond it a code is too coarse. */
const LONGEST_PART = 16;
const LEAST_FOR_BYTES = 256;
/** A scan sums the parts of a 4-bit code in 16 bits. */
const MOST_PARTS = 256;
/** A link of a graph; nearly all are in the bottom layer, which has `2 M` a photo. */
const LINK_BYTES = 4;

/**
 * The parameters of an index type, with the values that make sense for `n` vectors of `d`
 * components.
 *
 * @param defaults each type with the values used for unset parameters
 */
export function specFields(
  spec: IndexSpec,
  n: number,
  d: number,
  defaults: readonly IndexSpec[],
): readonly SpecField[] {
  const fields = fieldsOf(spec, n, d);
  const known = defaultOf(spec, defaults);
  return fields.map((field) => ({
    ...field,
    options: field.options && withChosen(field, readField(spec, field.name), known),
  }));
}

function fieldsOf(spec: IndexSpec, n: number, d: number): SpecField[] {
  switch (spec.kind) {
    case 'flat':
      return [store()];
    case 'ivf':
      return [cells(n, MOST_CELLS), seed()];
    case 'pq':
    case 'opq':
      return [parts(d, 1), bits(n), rerank(), seed()];
    case 'ivfpq':
      return [
        cells(n, MOST_CELLS),
        parts(d, 1),
        bits(n),
        {
          name: 'opq',
          label: t('index.rotate'),
          help: t('index.rotateHelp'),
          options: [
            automatic(),
            { value: 'true', label: t('index.yes') },
            { value: 'false', label: t('index.no') },
          ],
        },
        rerank(),
        seed(),
      ];
    case 'lopq': {
      const multi = spec.coarse === 'multi';
      return [
        {
          name: 'coarse',
          label: t('index.coarse'),
          help: t('index.coarseHelp'),
          options: [
            { value: '', label: t('index.coarseSingle') },
            { value: 'multi', label: t('index.coarseMulti') },
          ],
        },
        cells(n, multi ? MOST_HALF_CELLS : MOST_TURNED_CELLS),
        parts(d, multi ? 2 : 1),
        bits(n),
        {
          name: 'codebooks',
          label: t('index.codebooks'),
          help: t('index.codebooksHelp'),
          options: [
            { value: '', label: t('index.codebooksShared') },
            { value: 'local', label: t('index.codebooksLocal') },
          ],
        },
        rerank(),
        seed(),
      ];
    }
    case 'kdtree':
      return [leafSize(automatic()), store()];
    case 'forest':
      return [forestTrees(automatic()), leafSize(automatic()), store(), seed()];
    case 'hnsw':
      return [...graphFields(automatic()), store(), seed()];
    case 'lsh':
      return [...hashTables(n, automatic()), store(), seed()];
    case 'itq':
      return [codeBits(d, automatic()), rerank(), seed()];
  }
}

function store(): SpecField {
  return {
    name: 'store',
    label: t('index.store'),
    help: t('index.storeHelp'),
    options: [
      { value: '', label: t('index.full') },
      { value: 'sq8', label: t('index.compact') },
    ],
  };
}

function rerank(): SpecField {
  return {
    name: 'rerank',
    label: t('index.reranking'),
    help: t('index.rerankingHelp'),
    options: [
      { value: '', label: t('index.compact') },
      { value: 'float32', label: t('index.full') },
      { value: 'none', label: t('index.none') },
    ],
  };
}

function seed(): SpecField {
  return { name: 'seed', label: t('index.seed'), help: t('index.seedHelp'), options: null };
}

function cells(n: number, most: number): SpecField {
  const options: FieldOption[] = [];
  const last = Math.max(LEAST_CELLS, Math.min(most, n / PHOTOS_A_CELL));
  for (let nlist = LEAST_CELLS; nlist <= last; nlist *= 2) options.push(numbered(nlist));
  return {
    name: 'nlist',
    label: t('index.nlist'),
    help: t('index.nlistHelp'),
    options: [automatic(), ...options],
  };
}

function parts(d: number, multiple: number): SpecField {
  const options: FieldOption[] = [];
  for (let M = multiple; M <= Math.min(d, MOST_PARTS); M += multiple) {
    if (d % M === 0 && d / M <= LONGEST_PART) options.push(numbered(M));
  }
  return {
    name: 'M',
    label: t('index.subvectors'),
    help: t('index.subvectorsHelp', { d }),
    options: [automatic(), ...options],
  };
}

function bits(n: number): SpecField {
  const options = [{ value: '4', label: t('index.bitsFaster') }];
  if (n >= LEAST_FOR_BYTES) options.push({ value: '8', label: t('index.bitsFiner') });
  return {
    name: 'nbits',
    label: t('index.bits'),
    help: t('index.bitsHelp'),
    options: [automatic(), ...options],
  };
}

function automatic(): FieldOption {
  return { value: '', label: t('index.automatic'), isAutomatic: true };
}

function numbered(value: number): FieldOption {
  return { value: String(value), label: count(value) };
}

/** Keeps a value that was set elsewhere in the list, and shows what the default resolves to. */
function withChosen(field: SpecField, chosen: string, known: IndexSpec | null): FieldOption[] {
  const options = [...(field.options ?? [])];
  if (!options.some(({ value }) => value === chosen)) {
    const number = Number(chosen);
    options.push({ value: chosen, label: Number.isFinite(number) ? count(number) : chosen });
  }
  const given = known === null ? '' : readField(known, field.name);
  if (given === '') return options;
  // Labelled like the option itself.
  const value = options.find((option) => option.value === given)?.label ?? count(Number(given));
  return options.map((option) =>
    option.isAutomatic ? { ...option, label: t('index.automaticValue', { value }) } : option,
  );
}

/** A parameter as field text; `''` if unset or equal to the default. */
export function readField(spec: IndexSpec, name: string): string {
  const value: unknown = (spec as Readonly<Record<string, unknown>>)[name];
  return value === undefined || value === DEFAULTS[name] ? '' : String(value);
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** The spec with one parameter set, or unset by `''`. */
export function writeField(spec: IndexSpec, name: string, text: string): IndexSpec {
  const { [name]: _old, ...rest } = spec as Readonly<Record<string, unknown>>;
  if (text === '') return rest as IndexSpec;
  const value = /^\d+$/.test(text) ? Number(text) : (FLAGS.get(text) ?? text);
  const changed = { ...rest, [name]: value } as IndexSpec;
  // The valid values of others depend on this one: unset those that may no longer be valid.
  return name === 'coarse' ? leaveOpen(changed, ['nlist', 'M']) : changed;
}

function leaveOpen(spec: IndexSpec, names: readonly string[]): IndexSpec {
  const kept = Object.entries(spec).filter(([name]) => !names.includes(name));
  return Object.fromEntries(kept) as IndexSpec;
}

/** The number of parameters that differ from their defaults. */
export function countSet(spec: IndexSpec): number {
  return Object.keys(spec).filter((name) => name !== 'kind' && readField(spec, name) !== '').length;
}

/** Whether two choices describe the same index. */
export function sameChoice(a: IndexChoice, b: IndexChoice): boolean {
  if (a.kind === 'automatic' || b.kind === 'automatic') return a.kind === b.kind;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return a.kind === b.kind && [...names].every((name) => readField(a, name) === readField(b, name));
}

/** The default spec of the same type; `null` if unknown. */
function defaultOf(spec: IndexSpec, defaults: readonly IndexSpec[]): IndexSpec | null {
  const found = defaults.find(({ kind }) => kind === spec.kind);
  // A multi-index has other defaults than single cells.
  const fits = found && (!('coarse' in spec) || readField(spec, 'coarse') === '');
  return fits ? found : null;
}

/** `16 bytes per photo, plus 128 bytes for reranking`; `''` if unknown. */
export function sizeText(spec: IndexSpec, d: number, defaults: readonly IndexSpec[]): string {
  // Parameters of one kind, which TypeScript can't tell of two spread specs.
  const all = { ...defaultOf(spec, defaults), ...spec } as IndexSpec;
  const vector = (store: string) => (store === 'sq8' ? d : 4 * d);
  if (all.kind === 'flat') return t('index.perPhoto', { size: bytes(vector(all.store ?? '')) });
  if (all.kind === 'hnsw') {
    if (all.M === undefined) return '';
    const size = bytes(vector(all.store ?? '') + LINK_BYTES * 2 * all.M);
    return t('index.perPhoto', { size });
  }
  const bits = codeBitsOf(all);
  if (bits === undefined || !('nbits' in all)) return '';
  const size = bytes(Math.ceil(bits / 8));
  const rerank = all.rerank ?? 'sq8';
  return rerank === 'none'
    ? t('index.perPhoto', { size })
    : t('index.sizePerPhotoReranked', { size, rerank: bytes(vector(rerank)) });
}

/** Bits of a photo's code, if known. */
function codeBitsOf(spec: IndexSpec): number | undefined {
  if (spec.kind === 'itq') return spec.nbits;
  if (!('M' in spec && 'nbits' in spec)) return undefined;
  if (spec.M === undefined || spec.nbits === undefined) return undefined;
  return spec.M * spec.nbits;
}
