import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import type { PhotoInfo } from '../../../protocol/index.ts';
import { panByKey } from '../../pure/viewer/pan-keys.ts';
import { clickZoom, type Fit, mostZoom } from '../../pure/viewer/zoom.ts';
import { useKeys } from '../../state/hooks/keys/use-keys.ts';
import { listenToGestures, type Point } from './zoom-gestures.ts';

/** Zoom factor per key press. */
const KEY = 1.5;
/** Zoom levels below this snap back to the whole picture. */
const WHOLE = 1.02;

/**
 * Zooms the picture in a scrolling frame, which gets `--zoom` (the factor) and `data-zoomed`.
 * Changes the width instead of using a transform, so that face boxes follow the picture while their
 * lines and labels keep their size.
 *
 * @param info of the picture; zoom is off while it is `null`
 * @param onTap called on a single tap on the picture
 */
export function useZoom(
  frame: RefObject<HTMLElement | null>,
  info: PhotoInfo | null,
  onTap: () => void,
) {
  const [zoomed, setZoomed] = useState(false);
  const level = useRef(1);
  const tapped = useRef(onTap);
  useEffect(() => {
    tapped.current = onTap;
  });

  const control = useMemo(() => {
    const zoomTo = (wanted: number, from: Point, to = from) => {
      const scroller = frame.current;
      const picture = pictureIn(scroller);
      if (!scroller || !picture || !info) return;
      const before = picture.getBoundingClientRect();
      const most = mostZoom(fitOf(info, scroller, before.width / level.current));
      const next = wanted < WHOLE ? 1 : Math.min(wanted, most);
      level.current = next;
      scroller.style.setProperty('--zoom', String(next));
      scroller.toggleAttribute('data-zoomed', next > 1);
      if (next === 1) scroller.scrollTo({ left: 0, top: 0, behavior: 'instant' });
      else {
        // The point at `from` has moved.
        const after = picture.getBoundingClientRect();
        const x = after.left + ((from.x - before.left) / before.width) * after.width;
        const y = after.top + ((from.y - before.top) / before.height) * after.height;
        scroller.scrollBy({ left: x - to.x, top: y - to.y, behavior: 'instant' });
      }
      setZoomed(next > 1);
    };
    const toggle = (at: Point) => {
      const scroller = frame.current;
      const picture = pictureIn(scroller);
      if (!scroller || !picture || !info) return;
      const fit = fitOf(info, scroller, picture.getBoundingClientRect().width / level.current);
      zoomTo(level.current > 1 ? 1 : clickZoom(fit), at);
    };
    const middle = (): Point => {
      const { left, top, width, height } = frame.current!.getBoundingClientRect();
      return { x: left + width / 2, y: top + height / 2 };
    };
    return {
      level: () => level.current,
      zoomTo,
      toggle,
      onTap: () => tapped.current(),
      /** Zooms in at the middle, or resets the zoom. */
      toggleMiddle: () => frame.current && toggle(middle()),
      /** Zooms around the middle. */
      by: (factor: number) => frame.current && zoomTo(level.current * factor, middle()),
      leave: () => frame.current && zoomTo(1, middle()),
    };
  }, [frame, info]);

  useEffect(() => {
    const scroller = frame.current;
    return scroller ? listenToGestures(scroller, control) : undefined;
  }, [frame, control]);

  useKeys((key) => {
    switch (key) {
      case '+':
      case '=':
        control.by(KEY);
        return true;
      case '-':
        control.by(1 / KEY);
        return true;
      case 'Escape':
        if (zoomed) control.leave();
        return zoomed;
      default:
        return zoomed && pan(key, frame.current);
    }
  });

  return { zoomed, toggle: control.toggleMiddle };
}

function pictureIn(scroller: HTMLElement | null): Element | null {
  return scroller?.querySelector('.stage-picture') ?? null;
}

function pan(key: string, scroller: HTMLElement | null): boolean {
  const by = scroller && panByKey(key, scroller);
  if (by) scroller.scrollBy({ left: by[0], top: by[1] });
  return by !== null;
}

function fitOf({ width, height }: PhotoInfo, scroller: HTMLElement, fitWidth: number): Fit {
  const roomHeight = Number.parseFloat(getComputedStyle(scroller).maxHeight);
  return {
    width,
    height,
    fitWidth,
    roomWidth: scroller.clientWidth,
    roomHeight: Number.isFinite(roomHeight) ? roomHeight : innerHeight,
    dpr: devicePixelRatio,
  };
}
