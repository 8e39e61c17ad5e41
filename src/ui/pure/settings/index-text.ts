import type {
  IndexChoice,
  IndexKind,
  IndexSpec,
  IndexWork,
  MeasureProgress,
  MeasureRow,
  SearchEffort,
} from '../../../protocol/index.ts';
import { locale, t } from '../../text/t.ts';

export const KINDS: readonly IndexKind[] = [
  'flat',
  'ivf',
  'pq',
  'opq',
  'ivfpq',
  'lopq',
  'kdtree',
  'forest',
  'hnsw',
  'lsh',
  'itq',
];

/** Standard names, untranslated. */
const NAMES: Record<Exclude<IndexKind, 'flat' | 'kdtree' | 'forest'>, string> = {
  ivf: 'IVF',
  pq: 'PQ',
  opq: 'OPQ',
  ivfpq: 'IVF-PQ',
  lopq: 'LOPQ',
  hnsw: 'HNSW',
  lsh: 'LSH',
  itq: 'ITQ',
};

export function kindName(kind: IndexKind): string {
  if (kind === 'flat' || kind === 'kdtree' || kind === 'forest') return t(`index.${kind}`);
  return NAMES[kind];
}

/** How an index type searches. Only a measurement can tell how well. */
export function kindHint(kind: IndexKind): string {
  return t(`index.${kind}Hint`);
}

export function choiceName(choice: IndexChoice): string {
  return choice.kind === 'automatic' ? t('index.automatic') : specName(choice);
}

/** The type with its distinguishing variant: `Flat, compact`, `LOPQ, multi-index`. */
export function specName(spec: IndexSpec): string {
  if (spec.kind === 'flat' && spec.store === 'sq8') return t('index.flatCompact');
  if (spec.kind === 'lopq' && spec.coarse === 'multi') return t('index.lopqMulti');
  return kindName(spec.kind);
}

/** `512 cells · 32 × 4 bits · rotated · compact reranking`; `''` if there is nothing to add. */
export function specDetail(spec: IndexSpec): string {
  const facts: string[] = [];
  if ('nlist' in spec && spec.nlist !== undefined) {
    const isMulti = spec.kind === 'lopq' && spec.coarse === 'multi';
    facts.push(t(isMulti ? 'index.cellPairs' : 'index.cells', { count: spec.nlist }));
  }
  if (spec.kind === 'hnsw') {
    if (spec.M !== undefined) facts.push(t('index.linkCount', { count: spec.M }));
    if (spec.store === 'sq8') facts.push(t('index.compactStore'));
  } else if ('M' in spec && spec.M !== undefined) {
    facts.push(t('index.code', { parts: String(spec.M), bits: String(spec.nbits ?? '?') }));
  }
  if (spec.kind === 'forest' && spec.trees !== undefined) {
    facts.push(t('index.treeCount', { count: spec.trees }));
  }
  if (spec.kind === 'kdtree' || spec.kind === 'forest') {
    if (spec.leafSize !== undefined) facts.push(t('index.perLeaf', { count: spec.leafSize }));
    if (spec.store === 'sq8') facts.push(t('index.compactStore'));
  }
  if (spec.kind === 'lsh') {
    if (spec.tables !== undefined) facts.push(t('index.hashTables', { count: spec.tables }));
    if (spec.bits !== undefined) facts.push(t('index.binaryCode', { bits: spec.bits }));
    if (spec.store === 'sq8') facts.push(t('index.compactStore'));
  }
  if (spec.kind === 'itq' && spec.nbits !== undefined) {
    facts.push(t('index.binaryCode', { bits: spec.nbits }));
  }
  if (spec.kind === 'ivfpq' && spec.opq) facts.push(t('index.rotated'));
  if (spec.kind === 'lopq' && spec.codebooks === 'local') facts.push(t('index.localCodebooks'));
  if ('rerank' in spec && spec.rerank !== undefined) facts.push(t(RERANKS[spec.rerank]));
  return facts.join(' · ');
}

const RERANKS = {
  none: 'index.rerankNone',
  sq8: 'index.rerankCompact',
  float32: 'index.rerankFull',
} as const;

const EFFORTS = {
  nprobe: 'index.cells',
  maxLeaves: 'index.leaves',
  searchK: 'index.collected',
  efSearch: 'index.candidates',
  probes: 'index.buckets',
} as const;

/** Search parameters of one measured point: `8 cells, 100 reranked`. */
export function effortText(search: SearchEffort): string {
  const names = Object.keys(EFFORTS) as (keyof typeof EFFORTS)[];
  const name = names.find((each) => search[each] !== undefined);
  const effort = name ? t(EFFORTS[name], { count: search[name]! }) : t('index.probeAll');
  const { rerank = 0 } = search;
  return rerank > 0 ? t('index.effortReranked', { effort, rerank }) : effort;
}

type Building = Extract<IndexWork, { state: 'building' }>;

export function workTitle(work: Building): string {
  if (work.stage === 'purging') return t('index.purging');
  return t('index.building', { kind: kindName(work.kind), count: work.vectors });
}

const STAGES = {
  reading: 'index.stageReading',
  training: 'index.stageTraining',
  adding: 'index.stageAdding',
  purging: 'index.stagePurging',
  saving: 'index.stageSaving',
} as const satisfies Record<Building['stage'], string>;

/** `Learning from your photos · 42%` */
export function workDetail(work: Building): string {
  const share = Math.floor(100 * clampShare(work.share)) / 100;
  return t('index.stageShare', { stage: t(STAGES[work.stage]), share });
}

/** `Measuring type 3 of 7`, plus the current step. */
export function measureTitle(progress: MeasureProgress | null): string {
  if (progress === null || progress.stage === 'reading' || progress.stage === 'comparing') {
    return t('index.measureReady');
  }
  const { done, total } = progress;
  return t('index.measureStep', { step: Math.min(done + 1, total), total });
}

export function measureDetail(progress: MeasureProgress | null): string {
  switch (progress?.stage ?? 'reading') {
    case 'reading':
      return t('index.stageReading');
    case 'comparing':
      return t('index.stageComparing');
    case 'training':
      return t('index.stageTraining');
    case 'adding':
      return t('index.stageAdding');
    case 'searching':
      return t('index.stageSearching');
    default:
      return t('index.stageFinishing');
  }
}

/** Above this, a measurement uses a sample, since it holds all vectors in memory. */
const MOST_MEASURED = 100_000;

/** `Measured with 12,000 photos`, or with a sample. */
export function measuredText(photos: number): string {
  return photos <= MOST_MEASURED
    ? t('index.measured', { count: photos })
    : t('index.measuredSample', { sample: MOST_MEASURED, count: photos });
}

/** Measured recall and speed of a type over all its searches; `null` if not measured. */
export function kindMeasured(kind: IndexKind, rows: readonly MeasureRow[]): string | null {
  const own = rows.filter(({ spec }) => spec.kind === kind);
  if (own.length === 0) return null;
  return t('index.kindMeasured', {
    recall: range(
      own.map(({ recall10 }) => recall10),
      percent,
    ),
    time: range(
      own.map(({ msMedian }) => msMedian),
      duration,
    ),
  });
}

/** `54% to 98%`, or a single value if both ends format the same. */
function range(values: readonly number[], text: (value: number) => string): string {
  const from = text(Math.min(...values));
  const to = text(Math.max(...values));
  return from === to ? from : t('index.range', { from, to });
}

export function clampShare(share: number): number {
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
}

/** `98.2%`. Rounded down: a miss of one in a thousand must not read 100%. */
export function percent(share: number): string {
  const thousandths = Math.floor(1000 * clampShare(share) + 1e-6);
  return format({ style: 'percent', maximumFractionDigits: 1 }).format(thousandths / 1000);
}

/** `0.084 ms`, `12 ms`, `1.4 s`, `3 min`: a single unit with sensible precision. */
export function duration(ms: number): string {
  if (!(ms >= 0)) return t('index.unknownTime');
  const two = format({ maximumSignificantDigits: 2 });
  if (ms < 995) return `${two.format(ms)}\u00a0ms`;
  if (ms < 59_500) return `${two.format(ms / 1000)}\u00a0s`;
  return `${two.format(ms / 60_000)}\u00a0min`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** Caches formatters: a chart has many numbers, and creating a formatter is slow. */
function format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${options.style ?? ''}`;
  const made = formats.get(key) ?? new Intl.NumberFormat(locale, options);
  formats.set(key, made);
  return made;
}
