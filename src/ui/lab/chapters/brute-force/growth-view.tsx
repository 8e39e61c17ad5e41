import type { LabScanTimes } from '../../../../protocol/index.ts';
import { count } from '../../../pure/format.ts';
import { duration } from '../../../pure/settings/index-text.ts';
import { t } from '../../../text/t.ts';
import { Chart } from '../../draw/chart.tsx';
import { FactsTable } from '../../frame/facts-table.tsx';
import { extensionOf, type Growth } from './growth.ts';

const MILLION = 1_000_000;

interface GrowthProps {
  points: LabScanTimes['points'];
  growth: Growth | null;
  /** Whether to go beyond what was measured. */
  isExtended: boolean;
}

/** Time against photos: measured, and the line through it. */
export function GrowthView({ points, growth, isExtended }: GrowthProps) {
  const line = growth && isExtended ? [points[0]!, ...extensionOf(points, growth)] : [];
  const fitted = line.map(
    ({ photos }) => [photos, growth!.start + growth!.perPhoto * photos] as const,
  );
  const measured = points.map(({ photos, ms }) => [photos, ms] as const);
  const all = [...measured, ...fitted];
  const times = all.map(([, ms]) => ms);
  const isLog = fitted.length > 0;
  return (
    <Chart
      label={growthText(points, growth, isExtended)}
      x={{
        label: t('lab.bruteForce.photos'),
        from: isLog ? points[0]!.photos : 0,
        to: Math.max(...all.map(([photos]) => photos)),
        isLog,
        text: count,
      }}
      y={{
        label: t('lab.time'),
        from: isLog ? Math.min(...times) / 1.5 : 0,
        to: Math.max(...times) * (isLog ? 1.5 : 1.05),
        isLog,
        text: duration,
      }}
      series={[
        ...(isLog
          ? [
              {
                name: t('lab.bruteForce.extended'),
                look: 'muted' as const,
                line: 'dashed' as const,
                points: fitted,
                dot: 0,
              },
            ]
          : []),
        {
          name: t('lab.bruteForce.measured'),
          look: 'accent',
          points: measured,
          dot: 4,
          ...(!isLog && { line: 'solid' as const }),
        },
      ]}
    />
  );
}

export function GrowthTable({ points, growth, isExtended }: GrowthProps) {
  const beyond = growth && isExtended ? extensionOf(points, growth) : [];
  const rowOf = (how: string) =>
    function row({ photos, ms }: { readonly photos: number; readonly ms: number }) {
      return [count(photos), duration(ms), how];
    };
  return (
    <FactsTable
      caption={growthText(points, growth, isExtended)}
      columns={[t('lab.bruteForce.photos'), t('lab.time'), t('lab.bruteForce.how')]}
      rows={[
        ...points.map(rowOf(t('lab.bruteForce.measured'))),
        ...beyond.map(rowOf(t('lab.bruteForce.extended'))),
      ]}
    />
  );
}

/** Time of a search in a million photos. */
export function millionTime({ start, perPhoto }: Growth): string {
  return duration(start + perPhoto * MILLION);
}

export function growthText(
  points: LabScanTimes['points'],
  growth: Growth | null,
  isExtended: boolean,
): string {
  const last = points.at(-1)!;
  if (!isExtended) {
    return t('lab.bruteForce.atMost', { count: last.photos, time: duration(last.ms) });
  }
  if (growth === null) return t('lab.bruteForce.noGrowth', { count: last.photos });
  return t('lab.bruteForce.atMillion', { count: MILLION, time: millionTime(growth) });
}
