import type { IndexChoice, IndexSpec } from '../../protocol/index.ts';
import { bytes, count } from './format.ts';

/** A parameter of a kind of index, as a person chooses it. */
export interface SpecField {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  /** What can be chosen, `''` being what is taken when nothing is; `null`: any whole number. */
  readonly options: readonly FieldOption[] | null;
}

export interface FieldOption {
  readonly value: string;
  readonly label: string;
}

/** What is taken where a parameter is left open and that does not hang on the library. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  store: 'float32',
  rerank: 'sq8',
  coarse: 'single',
  codebooks: 'shared',
  seed: 1,
};

export const MAX_SEED = 2 ** 32 - 1;

const LEAST_CELLS = 4;
/** Each cell needs a few photos to stand for. */
const PHOTOS_A_CELL = 4;
const MOST_CELLS = 65_536;
/** LOPQ keeps d × d numbers for each cell. */
const MOST_TURNED_CELLS = 1024;
/** In a multi-index these are the cells of a half: there are as many pairs as its square. */
const MOST_HALF_CELLS = 256;
/** Components that one part of a code stands for, at most: beyond it a code says too little. */
const LONGEST_PART = 16;
const LEAST_FOR_BYTES = 256;
/** A scan adds up the parts of a 4-bit code in 16 bits. */
const MOST_PARTS = 256;

/**
 * The parameters of a kind, with the values that make sense for `n` vectors of `d` components.
 *
 * @param defaults each kind with what is taken for what is left open
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
      return [
        {
          name: 'store',
          label: 'Store',
          help: 'Compact takes a quarter of the memory and rounds a little.',
          options: [
            { value: '', label: 'Exact' },
            { value: 'sq8', label: 'Compact' },
          ],
        },
      ];
    case 'ivf':
      return [cells(n, MOST_CELLS), SEED];
    case 'pq':
    case 'opq':
      return [parts(d, 1), bits(n), RERANK, SEED];
    case 'ivfpq':
      return [
        cells(n, MOST_CELLS),
        parts(d, 1),
        bits(n),
        {
          name: 'opq',
          label: 'Turn first (OPQ)',
          help: 'Turns all vectors so that their codes say more. Takes longer to build.',
          options: [AUTOMATIC, { value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }],
        },
        RERANK,
        SEED,
      ];
    case 'lopq': {
      const multi = spec.coarse === 'multi';
      return [
        {
          name: 'coarse',
          label: 'Cells are',
          help: 'Pairs: each half of a vector has cells of its own, and a pair of them is a cell. Many more cells, for very large libraries.',
          options: [
            { value: '', label: 'Single' },
            { value: 'multi', label: 'Pairs (multi-index)' },
          ],
        },
        cells(n, multi ? MOST_HALF_CELLS : MOST_TURNED_CELLS),
        parts(d, multi ? 2 : 1),
        bits(n),
        {
          name: 'codebooks',
          label: 'Codes are',
          help: 'Codes of each cell’s own fit better and take more memory and time.',
          options: [
            { value: '', label: 'The same in all cells' },
            { value: 'local', label: 'Each cell’s own' },
          ],
        },
        RERANK,
        SEED,
      ];
    }
  }
}

const RERANK: SpecField = {
  name: 'rerank',
  label: 'Second look',
  help: 'Kept in memory: what the best by their codes are compared by once more. The last word have exact numbers on disk.',
  options: [
    { value: '', label: 'Compact' },
    { value: 'float32', label: 'Exact' },
    { value: 'none', label: 'None' },
  ],
};

const SEED: SpecField = {
  name: 'seed',
  label: 'Seed',
  help: 'The same number builds the same index of the same photos.',
  options: null,
};

function cells(n: number, most: number): SpecField {
  const options: FieldOption[] = [];
  const last = Math.max(LEAST_CELLS, Math.min(most, n / PHOTOS_A_CELL));
  for (let nlist = LEAST_CELLS; nlist <= last; nlist *= 2) options.push(numbered(nlist));
  return {
    name: 'nlist',
    label: 'Cells',
    help: 'More cells: fewer photos to compare in each, and longer to build.',
    options: [AUTOMATIC, ...options],
  };
}

function parts(d: number, multiple: number): SpecField {
  const options: FieldOption[] = [];
  for (let M = multiple; M <= Math.min(d, MOST_PARTS); M += multiple) {
    if (d % M === 0 && d / M <= LONGEST_PART) options.push(numbered(M));
  }
  return {
    name: 'M',
    label: 'Parts of a code',
    help: `The ${count(d)} numbers of a photo are cut into so many parts. More parts: closer answers, more memory.`,
    options: [AUTOMATIC, ...options],
  };
}

function bits(n: number): SpecField {
  const options = [{ value: '4', label: '4, fastest' }];
  if (n >= LEAST_FOR_BYTES) options.push({ value: '8', label: '8, closest' });
  return {
    name: 'nbits',
    label: 'Bits of a part',
    help: '4 bits tell 16 values of a part apart, 8 bits 256.',
    options: [AUTOMATIC, ...options],
  };
}

const AUTOMATIC: FieldOption = { value: '', label: 'Automatic' };

function numbered(value: number): FieldOption {
  return { value: String(value), label: count(value) };
}

const GIVEN_WORDS: Readonly<Record<string, string>> = { true: 'yes', false: 'no' };

/** A value that was chosen elsewhere stays in the list, and what automatic gave is told. */
function withChosen(field: SpecField, chosen: string, known: IndexSpec | null): FieldOption[] {
  const options = [...(field.options ?? [])];
  if (!options.some(({ value }) => value === chosen)) {
    const number = Number(chosen);
    options.push({ value: chosen, label: Number.isFinite(number) ? count(number) : chosen });
  }
  const given = known === null ? '' : readField(known, field.name);
  return options.map((option) =>
    option === AUTOMATIC && given !== ''
      ? { value: '', label: `Automatic: ${GIVEN_WORDS[given] ?? count(Number(given))}` }
      : option,
  );
}

/** A parameter as the text of its field, `''` where it is left open or is the default. */
export function readField(spec: IndexSpec, name: string): string {
  const value: unknown = (spec as Readonly<Record<string, unknown>>)[name];
  return value === undefined || value === DEFAULTS[name] ? '' : String(value);
}

const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/** The specification with one parameter set, or left open by `''`. */
export function writeField(spec: IndexSpec, name: string, text: string): IndexSpec {
  const { [name]: _old, ...rest } = spec as Readonly<Record<string, unknown>>;
  if (text === '') return rest as IndexSpec;
  const value = /^\d+$/.test(text) ? Number(text) : (FLAGS.get(text) ?? text);
  const changed = { ...rest, [name]: value } as IndexSpec;
  // What one of the others may be hangs on this: a value it can no longer have is left open.
  return name === 'coarse' ? leaveOpen(changed, ['nlist', 'M']) : changed;
}

function leaveOpen(spec: IndexSpec, names: readonly string[]): IndexSpec {
  const kept = Object.entries(spec).filter(([name]) => !names.includes(name));
  return Object.fromEntries(kept) as IndexSpec;
}

/** How many parameters are set to other than what is taken anyway. */
export function countSet(spec: IndexSpec): number {
  return Object.keys(spec).filter((name) => name !== 'kind' && readField(spec, name) !== '').length;
}

/** Whether two choices ask for the same index. */
export function sameChoice(a: IndexChoice, b: IndexChoice): boolean {
  if (a.kind === 'automatic' || b.kind === 'automatic') return a.kind === b.kind;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return a.kind === b.kind && [...names].every((name) => readField(a, name) === readField(b, name));
}

/** The same kind with its defaults; `null` where they are not known. */
function defaultOf(spec: IndexSpec, defaults: readonly IndexSpec[]): IndexSpec | null {
  const found = defaults.find(({ kind }) => kind === spec.kind);
  // The defaults of a multi-index are others than those of single cells.
  const fits = found && (!('coarse' in spec) || readField(spec, 'coarse') === '');
  return fits ? found : null;
}

/** `A photo takes 16 bytes, and 128 bytes for the second look`; `''` where it is not known. */
export function sizeWords(spec: IndexSpec, d: number, defaults: readonly IndexSpec[]): string {
  const all = { ...defaultOf(spec, defaults), ...spec };
  if (all.kind === 'flat') return `A photo takes ${bytes(all.store === 'sq8' ? d : 4 * d)}.`;
  if (!('M' in all) || all.M === undefined || all.nbits === undefined) return '';
  const code = `A photo takes ${bytes(Math.ceil((all.M * all.nbits) / 8))}`;
  const rerank = all.rerank ?? 'sq8';
  if (rerank === 'none') return `${code}.`;
  return `${code}, and ${bytes(rerank === 'sq8' ? d : 4 * d)} for the second look.`;
}
