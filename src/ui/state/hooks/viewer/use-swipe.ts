import { type RefObject, type Touch, type TouchEvent, useRef } from 'react';

/** Minimum horizontal movement of a swipe, in pixels. */
const FAR = 56;
/** With nothing to swipe to, the picture follows by only this fraction. */
const STIFF = 0.25;

interface Swipes {
  readonly left?: (() => void) | undefined;
  readonly right?: (() => void) | undefined;
}

/**
 * Touch handlers for horizontal one-finger swipes.
 *
 * @param moved gets the distance as `--swipe`
 * @param swipes the action of each direction; `null` disables swiping
 */
export function useSwipe(moved: RefObject<HTMLElement | null>, swipes: Swipes | null) {
  const start = useRef<{ x: number; y: number } | null>(null);
  const follow = (dx: number) => {
    moved.current?.style.setProperty('--swipe', `${Math.round(dx)}px`);
    moved.current?.toggleAttribute('data-swiping', dx !== 0);
  };
  const wayOf = (touch: Touch, from: { x: number; y: number }) => {
    const dx = touch.clientX - from.x;
    return Math.abs(dx) < 2 * Math.abs(touch.clientY - from.y) ? 0 : dx;
  };
  return {
    onTouchStart: (event: TouchEvent) => {
      const touch = event.touches[0];
      const zoomed = (window.visualViewport?.scale ?? 1) > 1.05;
      start.current =
        touch && swipes && event.touches.length === 1 && !zoomed
          ? { x: touch.clientX, y: touch.clientY }
          : null;
      if (event.touches.length > 1) follow(0);
    },
    onTouchMove: (event: TouchEvent) => {
      const touch = event.touches[0];
      if (!start.current || !touch) return;
      const dx = wayOf(touch, start.current);
      const leads = dx < 0 ? swipes?.left : swipes?.right;
      follow(leads ? dx : STIFF * dx);
    },
    onTouchEnd: (event: TouchEvent) => {
      const from = start.current;
      const touch = event.changedTouches[0];
      start.current = null;
      follow(0);
      if (!from || !touch || event.touches.length > 0) return;
      const dx = wayOf(touch, from);
      if (Math.abs(dx) < FAR) return;
      if (dx < 0) swipes?.left?.();
      else swipes?.right?.();
    },
    onTouchCancel: () => {
      start.current = null;
      follow(0);
    },
  };
}
