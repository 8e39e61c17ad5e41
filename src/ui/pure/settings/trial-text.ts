import type {
  ModelFacts,
  ModelOutput,
  TrialProgress,
  TrialQuery,
  TrialReport,
} from '../../../protocol/index.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { bytes, cleanName } from '../format.ts';
import { duration } from './index-text.ts';
import { roughly } from './model-text.ts';
import { mapSize } from './trial-choices.ts';

/** Photos per row of the comparison. */
export const SHOWN_HITS = 4;

/** The worker's current stage. */
export function stageText({ stage, done, total }: TrialProgress): string {
  const reached = Math.min(done, total);
  switch (stage) {
    case 'reading':
      return total > 0
        ? t('models.stageReadingOf', { done: bytes(reached), total: bytes(total) })
        : t('models.stageReading');
    case 'loading':
      return t('models.stageLoading');
    case 'checking':
      return t('models.stageChecking');
    case 'photos':
      return total > 0
        ? t('models.stagePhotosOf', { done: reached, total })
        : t('models.stagePhotos');
    case 'comparing':
      return t('models.stageComparing');
    case 'saving':
      return t('models.stageSaving');
  }
}

/** Progress of the stage, 0 to 1; `null` if indeterminate. */
export function stageShare({ done, total }: TrialProgress): number | null {
  return total > 0 ? Math.min(1, Math.max(0, done / total)) : null;
}

/** `TensorFlow.js layers model, 8.7 MB, 3.2 million parameters` */
export function formatText({ format, bytes: size, parameters }: ModelFacts): string {
  return t('models.formatValue', {
    format: format === 'graph-model' ? 'graph' : 'layers',
    size: bytes(size),
    parameters: parametersText(parameters),
  });
}

function parametersText(count: number): string {
  if (count < 1e6) return t('models.parameters', { count });
  const millions = count / 1e6;
  return t('models.millionParameters', {
    millions: millions < 9.95 ? Math.round(10 * millions) / 10 : Math.round(millions),
  });
}

/** `Color image, 224 × 224 pixels` */
export function inputText({ input: { side } }: ModelFacts): string {
  return side === null ? t('models.inputAny') : t('models.inputSide', { side });
}

/** `Feature map, 7 × 7, 1,024 channels`, or why it is unusable. */
export function outputText(output: ModelOutput, layout: 'nhwc' | 'nchw'): string {
  if (output.problem) return errorText(output.problem);
  const { shape } = output;
  if (!shape) return '';
  const map = mapSize(shape, layout);
  const count = map !== '' && layout === 'nchw' ? shape[1]! : shape.at(-1)!;
  return map === '' ? t('models.outputVector', { count }) : t('models.outputMap', { map, count });
}

/** `41 ms per photo` */
export function paceText({ msPerPhoto }: Pick<TrialReport, 'msPerPhoto'>): string {
  return t('models.pace', { time: duration(msPerPhoto) });
}

/** `1,234 photos, about 4 minutes` */
export function switchingText({
  photosToMove: count,
  secondsToMove,
}: Pick<TrialReport, 'photosToMove' | 'secondsToMove'>): string {
  if (count === 0) return t('models.switchingNone');
  return t('models.switchingCost', { count, time: roughly(secondsToMove) });
}

/** Notes about the sample, one sentence each. */
export function sampleText({ photos, unreadable, queries }: TrialReport): string {
  if (photos === 0) return t('models.sampleEmpty');
  if (queries.length === 0) return t('models.sampleFew');
  const sample = t('models.sample', { queries: queries.length, photos });
  if (unreadable === 0) return sample;
  return `${sample} ${t('models.sampleSkipped', { count: unreadable })}`;
}

/** Ids among the shown hits that only one of the two lists has. */
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

/** `readme.md and 3 other files`; `''` if there are none. */
export function ignoredText(names: readonly string[]): string {
  const [first] = names;
  if (first === undefined) return '';
  return t('models.ignoredFiles', { name: cleanName(first), rest: names.length - 1 });
}
