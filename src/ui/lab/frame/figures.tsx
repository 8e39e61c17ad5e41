import type { LabAnswer } from '../../../protocol/index.ts';
import { bytes } from '../../pure/format.ts';
import { duration, percent } from '../../pure/settings/index-text.ts';
import { t } from '../../text/t.ts';

/** A number of the step that is shown, with its name. */
export interface Figure {
  readonly name: string;
  readonly value: string;
  /** For tests. */
  readonly id?: string;
}

/** The numbers of a search. @param more of this chapter, placed before memory */
export function searchFigures(
  { ms, stats, recall, bytesPerVector, rerankBytesPerVector }: LabAnswer,
  more: readonly Figure[] = [],
): readonly Figure[] {
  const size = bytes(Math.round(bytesPerVector));
  const rerank = bytes(Math.round(rerankBytesPerVector));
  return [
    { id: 'time', name: t('lab.time'), value: duration(ms) },
    {
      id: 'codes',
      name: t('lab.codes'),
      value: t('lab.codesValue', { count: stats.codesScanned }),
    },
    ...more,
    { id: 'recall', name: t('lab.recall'), value: percent(recall) },
    {
      id: 'size',
      name: t('lab.size'),
      value:
        rerankBytesPerVector > 0
          ? t('lab.sizeReranked', { size, rerank })
          : t('lab.sizeValue', { size }),
    },
  ];
}

/** Numbers in a line. */
export function Figures({ figures }: { figures: readonly Figure[] }) {
  if (figures.length === 0) return null;
  return (
    <dl className="lab-figures" aria-label={t('lab.figures')} data-testid="lab-figures">
      {figures.map(({ id, name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd data-figure={id}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
