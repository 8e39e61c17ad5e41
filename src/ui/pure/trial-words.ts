import type {
  ModelFacts,
  ModelOutput,
  TrialProgress,
  TrialQuery,
  TrialReport,
} from '../../protocol/index.ts';
import { bytes, cleanName, count, plural } from './format.ts';
import { roughly } from './model-words.ts';
import { mapWords } from './trial-choices.ts';

/** Photos of each row of the comparison. */
export const SHOWN_HITS = 4;

/** What the worker does right now. */
export function stageWords({ stage, done, total }: TrialProgress): string {
  const of = total > 0 ? `${count(Math.min(done, total))} of ${count(total)}` : '';
  switch (stage) {
    case 'reading':
      return total > 0
        ? `Reading the files: ${bytes(Math.min(done, total))} of ${bytes(total)}`
        : 'Reading the files';
    case 'loading':
      return 'Loading the model';
    case 'checking':
      return 'Checking what it answers';
    case 'photos':
      return of === '' ? 'Looking at your photos' : `Looking at your photos: ${of}`;
    case 'comparing':
      return 'Comparing';
    case 'saving':
      return 'Keeping the model';
  }
}

/** How far the stage is, 0 to 1; `null` where nobody knows. */
export function stageShare({ done, total }: TrialProgress): number | null {
  return total > 0 ? Math.min(1, Math.max(0, done / total)) : null;
}

/** `TensorFlow.js layers model, 8.7 MB, 3.2 million parameters`. */
export function formatWords(facts: ModelFacts): string {
  const kind = facts.format === 'graph-model' ? 'graph' : 'layers';
  return `TensorFlow.js ${kind} model, ${bytes(facts.bytes)}, ${many(facts.parameters)}`;
}

function many(parameters: number): string {
  if (parameters < 1e6) return plural(parameters, 'parameter');
  const millions = parameters / 1e6;
  return `${millions < 9.95 ? millions.toFixed(1) : count(millions)} million parameters`;
}

/** `A color picture of 224 × 224 pixels`. */
export function inputWords({ input }: ModelFacts): string {
  const size =
    input.side === null ? 'any size' : `${count(input.side)} × ${count(input.side)} pixels`;
  return `A color picture of ${size}`;
}

/** `7 × 7 map of 1,024 numbers`, or why it is of no use. */
export function outputWords(output: ModelOutput, layout: 'nhwc' | 'nchw'): string {
  if (output.problem) return output.problem.message;
  const { shape } = output;
  if (!shape) return '';
  const map = mapWords(shape, layout);
  const dims = map !== '' && layout === 'nchw' ? shape[1]! : shape.at(-1)!;
  return map === '' ? plural(dims, 'number') : `${map} map of ${plural(dims, 'number')}`;
}

/** `41 ms a photo`. */
export function paceWords({ msPerPhoto }: Pick<TrialReport, 'msPerPhoto'>): string {
  if (msPerPhoto >= 10_000) return `${count(msPerPhoto / 1000)} s a photo`;
  if (msPerPhoto >= 1000) return `${(msPerPhoto / 1000).toFixed(1)} s a photo`;
  return `${msPerPhoto < 9.95 ? msPerPhoto.toFixed(1) : count(msPerPhoto)} ms a photo`;
}

/** `1,234 photos, about 4 minutes`. */
export function movingWords(report: Pick<TrialReport, 'photosToMove' | 'secondsToMove'>): string {
  if (report.photosToMove === 0) return 'Nothing to do yet: there are no photos';
  return `${plural(report.photosToMove, 'photo')}, ${roughly(report.secondsToMove)}`;
}

/** What to know of the sample, a sentence each. */
export function sampleWords({ photos, unreadable, queries }: TrialReport): string {
  if (photos === 0) {
    return 'There are no photos in your library yet, so there is nothing to compare. The model works.';
  }
  if (queries.length === 0) {
    return 'With fewer than three photos there is nothing to compare yet. The model works.';
  }
  const one = queries.length === 1;
  const words = `${plural(queries.length, 'photo')} of yours, and what each model finds most like ${one ? 'it' : 'them'} among ${count(photos)}.`;
  if (unreadable === 0) return words;
  return `${words} ${plural(unreadable, 'photo')} couldn’t be read and ${unreadable === 1 ? 'was' : 'were'} left out.`;
}

/** The ids that only one of two lists has, of the hits that are shown. */
export function differences(query: TrialQuery): {
  readonly current: ReadonlySet<number>;
  readonly tried: ReadonlySet<number>;
} {
  const current = query.current.slice(0, SHOWN_HITS).map(({ id }) => id);
  const tried = query.tried.slice(0, SHOWN_HITS).map(({ id }) => id);
  return {
    current: new Set(current.filter((id) => !tried.includes(id))),
    tried: new Set(tried.filter((id) => !current.includes(id))),
  };
}

/** `readme.md and 3 other files`; `''` where there are none. */
export function ignoredWords(names: readonly string[]): string {
  const [first] = names;
  if (first === undefined) return '';
  const rest = names.length - 1;
  return `${cleanName(first)}${rest > 0 ? ` and ${plural(rest, 'other file')}` : ''}`;
}
