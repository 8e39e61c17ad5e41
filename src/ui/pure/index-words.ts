import type {
  IndexChoice,
  IndexKind,
  IndexSpec,
  IndexWork,
  MeasureProgress,
} from '../../protocol/index.ts';
import { count, plural } from './format.ts';

export const KINDS: readonly IndexKind[] = ['flat', 'ivf', 'pq', 'opq', 'ivfpq', 'lopq'];

const NAMES: Record<IndexKind, string> = {
  flat: 'Flat',
  ivf: 'IVF',
  pq: 'PQ',
  opq: 'OPQ',
  ivfpq: 'IVF-PQ',
  lopq: 'LOPQ',
};

export const KIND_SENTENCES: Record<IndexKind, string> = {
  flat: 'Compares with every photo. It misses nothing, and takes longer the more photos there are.',
  ivf: 'Sorts the photos into cells of their like and looks only into the nearest cells. Much faster, and misses little.',
  pq: 'Keeps a short code of each photo and compares with all of the codes. Little memory.',
  opq: 'The same, after a turn that lets the codes say more. Takes longer to build.',
  ivfpq: 'Cells and short codes together: fast and small, for large libraries.',
  lopq: 'Cells and codes, with a turn of its own for each cell. The finest codes, the longest to build.',
};

const STAGES: Record<Extract<IndexWork, { state: 'building' }>['stage'], string> = {
  reading: 'Reading what is known of your photos',
  training: 'Learning from your photos',
  adding: 'Adding your photos',
  purging: 'Removing what you deleted',
  saving: 'Saving',
};

export function kindName(kind: IndexKind): string {
  return NAMES[kind];
}

export function choiceName(choice: IndexChoice): string {
  return choice.kind === 'automatic' ? 'Automatic' : specName(choice);
}

/** The kind with what makes it another one: `Flat, compact`, `LOPQ, multi-index`. */
export function specName(spec: IndexSpec): string {
  const name = NAMES[spec.kind];
  if (spec.kind === 'flat' && spec.store === 'sq8') return `${name}, compact`;
  if (spec.kind === 'lopq' && spec.coarse === 'multi') return `${name}, multi-index`;
  return name;
}

/** `512 cells · 32 × 4 bits · turned · compact second look`; `''` where there is nothing to say. */
export function specDetail(spec: IndexSpec): string {
  const words: string[] = [];
  if ('nlist' in spec && spec.nlist !== undefined) {
    const each = spec.kind === 'lopq' && spec.coarse === 'multi';
    words.push(each ? `2 × ${plural(spec.nlist, 'cell')}` : plural(spec.nlist, 'cell'));
  }
  if ('M' in spec && spec.M !== undefined) {
    words.push(`${spec.M} × ${spec.nbits ?? '?'} bits`);
  }
  if (spec.kind === 'ivfpq' && spec.opq) words.push('turned');
  if (spec.kind === 'lopq' && spec.codebooks === 'local') words.push('own codes in each cell');
  if ('rerank' in spec && spec.rerank !== undefined) {
    if (spec.rerank === 'none') words.push('no second look');
    else words.push(spec.rerank === 'sq8' ? 'compact second look' : 'exact second look');
  }
  return words.join(' · ');
}

/** What one point of a measure looked at: `8 cells, 100 twice`. */
export function probeWords(nprobe: number, rerank: number): string {
  const once = nprobe > 0 ? plural(nprobe, 'cell') : 'all photos';
  return rerank > 0 ? `${once}, ${count(rerank)} twice` : once;
}

export function workTitle(work: Extract<IndexWork, { state: 'building' }>): string {
  if (work.stage === 'purging') return 'Removing deleted photos from the index';
  return `Building ${NAMES[work.kind]} of ${plural(work.vectors, 'photo')}`;
}

export function workDetail(work: Extract<IndexWork, { state: 'building' }>): string {
  return `${STAGES[work.stage]} · ${Math.floor(100 * clampShare(work.share))}%`;
}

const MEASURE_STAGES: Readonly<Record<string, string>> = {
  reading: 'Reading what is known of your photos',
  comparing: 'Finding the true answers',
  training: 'Learning from your photos',
  adding: 'Adding your photos',
  searching: 'Searching',
};

/** `Measuring kind 3 of 7`, and what of it is being done. */
export function measureTitle(progress: MeasureProgress | null): string {
  if (progress === null || progress.stage === 'reading' || progress.stage === 'comparing') {
    return 'Getting ready to measure';
  }
  return `Measuring kind ${Math.min(progress.done + 1, progress.total)} of ${progress.total}`;
}

export function measureDetail(progress: MeasureProgress | null): string {
  return MEASURE_STAGES[progress?.stage ?? 'reading'] ?? 'Finishing';
}

/** With more photos than this a measure takes a sample: it holds them all in memory. */
const MOST_MEASURED = 100_000;

/** `Measured with 12,000 photos`, or with a sample of them. */
export function measuredWords(photos: number): string {
  if (photos <= MOST_MEASURED) return `Measured with ${plural(photos, 'photo')}`;
  return `Measured with ${count(MOST_MEASURED)} of ${plural(photos, 'photo')}`;
}

export function clampShare(share: number): number {
  return Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
}

/** `98.2%`. Rounded down: what misses one in a thousand does not read 100%. */
export function percent(share: number): string {
  const tenths = Math.floor(1000 * clampShare(share) + 1e-6) / 10;
  return `${tenths}%`;
}

const TWO_DIGITS = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

/** `0.084 ms`, `12 ms`, `1.4 s`, `3 min`: as fine as a time is worth telling, in one piece. */
export function duration(ms: number): string {
  if (!(ms >= 0)) return 'unknown';
  if (ms < 995) return `${TWO_DIGITS.format(ms)}\u00a0ms`;
  if (ms < 59_500) return `${TWO_DIGITS.format(ms / 1000)}\u00a0s`;
  return `${TWO_DIGITS.format(ms / 60_000)}\u00a0min`;
}
