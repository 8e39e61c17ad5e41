import { useCallback, useMemo } from 'react';
import { count } from '../../../pure/format.ts';
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
import { cellOf, sharesOf } from './turned.ts';

/** How sub-vectors share the variance of the search photo's cell. */
export function VarianceStep({ specs }: { specs: LopqSpecs }) {
  const { akin } = useUi();
  const { sample, photo } = useLab();
  const { dimensions, lopq, M } = specs.local;
  const request = useMemo(() => ({ spec: lopq, dimensions }), [lopq, dimensions]);
  const shown = useShown(
    useCallback(
      async (signal) => {
        const { structure } = await akin.lab.structure(request, { signal });
        const cell = cellOf(structure, photo);
        return { cell, spread: await akin.lab.cellSpread(request, cell, { signal }) };
      },
      [akin, request, photo],
    ),
  );
  const { value } = shown;
  const shares = useMemo(() => value && sharesOf(value.spread, M), [value, M]);
  const series = [t('lab.lopq.still'), t('lab.lopq.sorted'), t('lab.lopq.shared')];
  const groups = (shares?.shared ?? []).map((shared, m) => ({
    name: String(m + 1),
    values: [shares!.still[m]!, shares!.sorted[m]!, shared],
  }));
  return (
    <ChapterFrame
      text={lopqText()}
      steps={LOPQ_STEPS}
      stepText={lopqStepText(3)}
      shown={shown}
      drawing={<Bars label={t('lab.lopq.sharesDrawing')} series={series} groups={groups} />}
      figures={[
        {
          id: 'dimensions',
          name: t('lab.lopq.components'),
          value: t('lab.foundOf', { found: dimensions, total: sample.d }),
        },
        ...(value
          ? [
              { id: 'photos', name: t('lab.lopq.inCell'), value: count(value.spread.count) },
              {
                id: 'rotated',
                name: t('lab.lopq.rotation'),
                value: t(value.spread.isRotated ? 'lab.lopq.own' : 'lab.lopq.none'),
              },
            ]
          : []),
      ]}
      call={labCall('cellSpread', request, value?.cell ?? 0)}
      spec={{ kind: 'lopq' }}
    >
      <FactsTable
        caption={lopqStepText(3)}
        columns={[t('lab.lopq.part'), ...series]}
        rows={groups.map(({ name, values }) => [name, ...values.map(significant)])}
      />
    </ChapterFrame>
  );
}
