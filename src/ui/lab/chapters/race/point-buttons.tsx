import { type MouseEvent, useState } from 'react';
import { bytes } from '../../../pure/format.ts';
import { duration, effortText, percent } from '../../../pure/settings/index-text.ts';
import { t } from '../../../text/t.ts';
import type { ChartScale } from '../../draw/log-scale.ts';
import type { IndexChoiceState } from '../../state/use-index-choice.ts';
import { memoryOf, pointAt, type StandingPoint } from './racers.ts';

interface PointButtonsProps {
  points: readonly StandingPoint[];
  selected: number;
  scale: ChartScale;
  choice: IndexChoiceState;
  onSelect: (point: number) => void;
}

/** How far from a point it still is meant, in pixels. */
const REACH = 22;

/**
 * The points of the chart as buttons. A mouse shows a point's numbers before it is pressed; a finger
 * doesn't, so the first tap only selects.
 */
export function PointButtons({ points, selected, scale, choice, onSelect }: PointButtonsProps) {
  const [hasTip, showTip] = useState(false);
  const places = points.map(({ x, y }) => ({ x: scale.x(x), y: scale.y(y) }));
  /** Points overlap: the nearest is meant, not the one on top. */
  const meant = (button: HTMLElement, event: { clientX: number; clientY: number }, i: number) => {
    const box = button.parentElement?.getBoundingClientRect();
    if (!box) return i;
    const at = pointAt(places, event.clientX - box.left, event.clientY - box.top, REACH);
    return at < 0 ? i : at;
  };
  const press = (event: MouseEvent<HTMLElement>, i: number) => {
    // The keyboard has no place.
    const at = event.detail === 0 ? i : meant(event.currentTarget, event, i);
    onSelect(at);
    showTip(true);
    const isTouch = (event.nativeEvent as PointerEvent).pointerType === 'touch';
    if (!isTouch) void choice.use(points[at]!.racer.spec);
  };
  const point = points[selected];
  const place = places[selected];
  return (
    <div className="race-points">
      {points.map((each, i) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: points have no other name
          key={i}
          type="button"
          className="race-point"
          style={{ left: places[i]!.x, top: places[i]!.y }}
          aria-label={buttonText(each)}
          data-selected={i === selected || undefined}
          data-used={choice.isUsed(each.racer.spec) || undefined}
          data-testid="race-point"
          onClick={(event) => press(event, i)}
          onFocus={(event) => {
            if (!event.currentTarget.matches(':focus-visible')) return;
            onSelect(i);
            showTip(true);
          }}
          onBlur={() => showTip(false)}
          onPointerMove={(event) => {
            if (event.pointerType === 'touch') return;
            onSelect(meant(event.currentTarget, event, i));
            showTip(true);
          }}
          onPointerLeave={() => showTip(false)}
        />
      ))}
      {hasTip && point && place && (
        <p
          className="tip race-tip"
          style={{ left: place.x, top: place.y }}
          data-side={place.x > scale.width / 2 ? 'left' : 'right'}
          aria-hidden="true"
        >
          <strong>{point.racer.name}</strong>
          <span>{effortText(point.row.search)}</span>
          <span>{pointText(point)}</span>
          <span>{t(choice.isUsed(point.racer.spec) ? 'lab.inUse' : 'lab.use')}</span>
        </p>
      )}
    </div>
  );
}

function numbersOf({ row }: StandingPoint) {
  return {
    recall: percent(row.recall),
    time: duration(row.ms),
    size: bytes(Math.round(memoryOf(row))),
  };
}

/** `98% in 0.2 ms, 90 bytes per photo` */
export function pointText(point: StandingPoint): string {
  return t('lab.race.point', numbersOf(point));
}

function buttonText(point: StandingPoint): string {
  const { racer, row } = point;
  return t('lab.race.usePoint', {
    name: racer.name,
    effort: effortText(row.search),
    ...numbersOf(point),
  });
}
