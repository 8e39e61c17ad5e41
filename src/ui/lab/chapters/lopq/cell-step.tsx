import { useCallback, useMemo } from 'react';
import { count } from '../../../pure/format.ts';
import { useUi } from '../../../state/ui.ts';
import { t } from '../../../text/t.ts';
import { Cloud } from '../../draw/cloud.tsx';
import { paintArrows } from '../../draw/paint-arrows.ts';
import { ChapterFrame } from '../../frame/chapter-frame.tsx';
import { FactsTable } from '../../frame/facts-table.tsx';
import { searchFigures } from '../../frame/figures.tsx';
import { labCall } from '../../pure/lab-call.ts';
import { significant } from '../../pure/significant.ts';
import { useLab } from '../../state/lab-context.ts';
import { useShown } from '../../state/use-shown.ts';
import type { LopqSpecs } from './specs.ts';
import { LOPQ_STEPS, lopqStepText, lopqText } from './steps.ts';
import { turnedCell } from './turned.ts';

interface CellStepProps {
  specs: LopqSpecs;
  isTurned: boolean;
}

/** The cell that a search of the plane opens first, as it is or turned. */
export function CellStep({ specs, isTurned }: CellStepProps) {
  const { akin } = useUi();
  const { sample, photo, k } = useLab();
  const search = useMemo(() => ({ ...specs.plane, photo, k, nprobe: 1 }), [specs, photo, k]);
  const shown = useShown(
    useCallback(
      async (signal) => {
        const [answer, { structure }] = await Promise.all([
          akin.lab.search(search, { signal }),
          akin.lab.structure(specs.plane, { signal }),
        ]);
        const opened = answer.trace.find((step) => step.step === 'cell');
        return { answer, cell: turnedCell(sample, structure, opened!.cell) };
      },
      [akin, specs, search, sample],
    ),
  );
  const cell = shown.value?.cell;
  const axes = useMemo(() => {
    if (!cell) return undefined;
    const [u, v] = isTurned ? [0, 0] : cell.center;
    return paintArrows(
      cell.axes.map(([x, y], axis) => {
        const length = Math.hypot(x, y);
        const [du, dv] = isTurned ? (axis === 0 ? [length, 0] : [0, length]) : [x, y];
        return { from: [u, v], to: [u + du, v + dv] };
      }),
      'bold',
    );
  }, [cell, isTurned]);
  const isLit = useCallback(() => true, []);
  const variances = cell?.variances[isTurned ? 'after' : 'before'];
  return (
    <ChapterFrame
      text={lopqText()}
      steps={LOPQ_STEPS}
      stepText={lopqStepText(isTurned ? 2 : 1)}
      shown={shown}
      drawing={
        cell && (
          <Cloud
            label={t(isTurned ? 'lab.lopq.turnedDrawing' : 'lab.lopq.cellDrawing', {
              count: cell.before.length / 2,
            })}
            points={isTurned ? cell.after : cell.before}
            isLit={isLit}
            {...(axes && { paintOver: axes })}
          />
        )
      }
      figures={
        shown.value
          ? searchFigures(shown.value.answer, [
              {
                id: 'photos',
                name: t('lab.lopq.inCell'),
                value: count(shown.value.cell.before.length / 2),
              },
            ])
          : []
      }
      call={labCall('search', search)}
      spec={{ kind: 'lopq' }}
    >
      {variances && (
        <FactsTable
          caption={lopqStepText(isTurned ? 2 : 1)}
          columns={[t('lab.lopq.axis'), t('lab.lopq.variance')]}
          rows={variances.map((variance, axis) => [String(axis + 1), significant(variance)])}
        />
      )}
    </ChapterFrame>
  );
}
