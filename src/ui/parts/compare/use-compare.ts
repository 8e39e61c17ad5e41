import { type RefObject, useEffect, useRef, useState } from 'react';
import {
  type CompareView,
  type FramePoint,
  pannedBy,
  WHOLE,
  zoomedBy,
} from '../../pure/viewer/compare-view.ts';
import { isNotch, wheelFactor } from '../../pure/viewer/zoom.ts';
import { useKeys } from '../../state/hooks/keys/use-keys.ts';
import { watchDoubleTaps } from '../viewer/double-tap.ts';

/** Zoom factors per key press or button, and of a double click. */
const KEY = 1.5;
const DOUBLE = 3;
/** How far an arrow key pans, as a fraction of the frame. */
const STEP = 0.15;

const ARROWS: Readonly<Record<string, FramePoint>> = {
  ArrowLeft: { x: STEP, y: 0 },
  ArrowRight: { x: -STEP, y: 0 },
  ArrowUp: { x: 0, y: STEP },
  ArrowDown: { x: 0, y: -STEP },
};

export interface Compare {
  readonly view: CompareView;
  readonly zoomIn: () => void;
  readonly zoomOut: () => void;
  readonly reset: () => void;
}

/**
 * Zooms and pans several pictures together: by wheel, pinch, double click, drag and keys on any of
 * them.
 *
 * @param area holds the frames, `.compare-frame`, each with its picture, `.compare-picture`
 */
export function useCompare(area: RefObject<HTMLElement | null>): Compare {
  const [view, setView] = useState(WHOLE);
  const control = useRef({
    zoomIn: () => setView((now) => zoomedBy(now, KEY)),
    zoomOut: () => setView((now) => zoomedBy(now, 1 / KEY)),
    reset: () => setView(WHOLE),
  }).current;
  useEffect(() => (area.current ? listen(area.current, setView) : undefined), [area]);
  useKeys((key) => {
    const by = ARROWS[key];
    if (key === '+' || key === '=') control.zoomIn();
    else if (key === '-') control.zoomOut();
    else if (key === '0') control.reset();
    else if (by) setView((now) => pannedBy(now, by));
    else return false;
    return true;
  });
  return { view, ...control };
}

type SetView = (change: (now: CompareView) => CompareView) => void;

function listen(area: HTMLElement, setView: SetView): () => void {
  const stopped = new AbortController();
  const { signal } = stopped;
  const held = new Map<number, { x: number; y: number }>();
  let byTouch = false;
  const isSecondTap = watchDoubleTaps();

  const toggle = (at: FramePoint) =>
    setView((now) => (now.zoom > 1 ? WHOLE : zoomedBy(now, DOUBLE, at)));

  const on = <K extends keyof HTMLElementEventMap>(
    type: K,
    hear: (event: HTMLElementEventMap[K], over: HTMLElement) => void,
  ) =>
    area.addEventListener(
      type,
      (event) => {
        const over = (event.target as Element).closest<HTMLElement>('.compare-frame');
        if (over) hear(event, over);
      },
      { signal, passive: false },
    );

  on('wheel', (event, over) => {
    event.preventDefault();
    const pinched = event.ctrlKey || event.metaKey;
    if (pinched || isNotch(event)) {
      const at = pointIn(over, event.clientX, event.clientY);
      setView((now) => zoomedBy(now, wheelFactor(event), at));
    } else {
      const by = wayIn(over, -event.deltaX, -event.deltaY);
      setView((now) => pannedBy(now, by));
    }
  });
  on('pointerdown', (event, over) => {
    if (event.button !== 0) return;
    byTouch = event.pointerType === 'touch';
    held.set(event.pointerId, { x: event.clientX, y: event.clientY });
    over.setPointerCapture(event.pointerId);
  });
  on('pointermove', (event, over) => {
    const from = held.get(event.pointerId);
    if (!from) return;
    const to = { x: event.clientX, y: event.clientY };
    const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
    held.set(event.pointerId, to);
    if (!other) {
      const by = wayIn(over, to.x - from.x, to.y - from.y);
      return setView((now) => pannedBy(now, by));
    }
    const apart = (point: typeof to) => Math.hypot(point.x - other.x, point.y - other.y);
    const between = (point: typeof to) =>
      pointIn(over, (point.x + other.x) / 2, (point.y + other.y) / 2);
    const factor = apart(to) / Math.max(1, apart(from));
    setView((now) => zoomedBy(now, factor, between(from), between(to)));
  });
  for (const type of ['pointerup', 'pointercancel'] as const) {
    on(type, (event, over) => {
      const isTap = type === 'pointerup' && held.size === 1 && byTouch;
      held.delete(event.pointerId);
      if (!isTap) return;
      const { clientX: x, clientY: y, timeStamp: at } = event;
      if (isSecondTap({ x, y }, at)) toggle(pointIn(over, x, y));
    });
  }
  on('dblclick', (event, over) => {
    // Touch has its own, since not every browser sends this for a double tap.
    if (!byTouch) toggle(pointIn(over, event.clientX, event.clientY));
  });
  return () => stopped.abort();
}

/** A point of the page as one of the frame. */
function pointIn(frame: HTMLElement, x: number, y: number): FramePoint {
  const { left, top, width, height } = frame.getBoundingClientRect();
  return wayIn(frame, x - left - width / 2, y - top - height / 2);
}

/** Pixels as fractions of the frame's picture, as it is while whole. */
function wayIn(frame: HTMLElement, x: number, y: number): FramePoint {
  const picture = frame.querySelector<HTMLElement>('.compare-picture');
  const { offsetWidth: width = 0, offsetHeight: height = 0 } = picture ?? {};
  return { x: x / Math.max(1, width), y: y / Math.max(1, height) };
}
