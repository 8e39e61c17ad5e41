import { useCallback, useMemo } from 'react';
import { bytes } from '../../../pure/format.ts';
import { kindName } from '../../../pure/settings/index-text.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { Bars } from '../../draw/bars.tsx';
import { ChapterFrame } from '../../frame/chapter-frame.tsx';
import { FactsTable } from '../../frame/facts-table.tsx';
import { labCall } from '../../pure/lab-call.ts';
import { significant } from '../../pure/significant.ts';
import { useLab } from '../../state/lab-context.ts';
import { useShown } from '../../state/use-shown.ts';
import type { LopqSpecs } from './specs.ts';
import { LOPQ_STEPS, lopqStepText, lopqText } from './steps.ts';
import { errorByCell } from './turned.ts';

/** What codes of equal bytes lose, by the cells of LOPQ. */
export function ErrorsStep({ specs }: { specs: LopqSpecs }) {
  const { akin } = useUi();
  const { sample } = useLab();
  const { dimensions, lopq, others, M } = specs.local;
  const all = useMemo(() => [...others, lopq], [others, lopq]);
  const shown = useShown(
    useCallback(
      async (signal) => {
        const { structure } = await akin.lab.structure({ spec: lopq, dimensions }, { signal });
        const errors = await Promise.all(
          all.map((spec) => akin.lab.errors({ spec, dimensions }, { signal })),
        );
        return {
          means: errors.map(({ l2sq }) => l2sq.reduce((sum, x) => sum + x, 0) / l2sq.length),
          byCell: errors.map(({ l2sq }) => errorByCell(sample, structure, l2sq)),
        };
      },
      [akin, all, lopq, dimensions, sample],
    ),
  );
  const { value } = shown;
  const names = all.map(({ kind }) => kindName(kind));
  const groups = (value?.byCell[0] ?? []).map((_, cell) => ({
    name: String(cell + 1),
    values: value!.byCell.map((errors) => errors[cell]!),
  }));
  return (
    <ChapterFrame
      text={lopqText()}
      steps={LOPQ_STEPS}
      stepText={lopqStepText(4)}
      shown={shown}
      drawing={<Bars label={t('lab.lopq.errorsDrawing')} series={names} groups={groups} />}
      figures={[
        ...names.map((name, i) => ({
          id: `error-${all[i]!.kind}`,
          name: t('lab.lopq.meanError', { name }),
          value: value ? significant(value.means[i]!) : '',
        })),
        {
          id: 'code',
          name: t('lab.lopq.code'),
          value: bytes('nbits' in lopq && lopq.nbits === 4 ? Math.ceil(M / 2) : M),
        },
        {
          id: 'dimensions',
          name: t('lab.lopq.components'),
          value: t('lab.foundOf', { found: dimensions, total: sample.d }),
        },
      ]}
      call={labCall('errors', { spec: lopq, dimensions })}
      spec={{ kind: 'lopq' }}
    >
      <FactsTable
        caption={lopqStepText(4)}
        columns={[t('lab.cells.title'), ...names]}
        rows={groups.map(({ name, values }) => [name, ...values.map(significant)])}
      />
    </ChapterFrame>
  );
}
